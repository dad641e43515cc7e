"""The gateway to generative models: what there is and costs (data), and text, image, video, speech and vision calls."""
