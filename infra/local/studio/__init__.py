"""The studio: a local stand-in for Google's generative models that makes real media.

It speaks the wire format of the Gemini API and of Veo on the Agent Platform, and answers with pictures, clips, speech
and text made by a deterministic illustrator, animator, speaker and writer. It is not an AI and does not pretend to
be one. Start it with ``python -m infra.local.studio --port 8090 --data .local/studio``.
"""
