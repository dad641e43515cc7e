"""The CoPilot agent: a director of UGC ads who plans how an ad persuades, writes its script and refines it.

What it writes is a draft: ``agents.script`` holds it to the constraints.
"""

from collections.abc import Sequence

from agents.presets import PACINGS, STYLES, tone_in_words
from ugcgen.domain.bible import ProductionBible, Strategy
from ugcgen.domain.brief import Brief, PlannedScene
from ugcgen.domain.enums import Platform
from ugcgen.domain.script import Script
from ugcgen.domain.words import characters_a_word
from ugcgen.ledger.account import Account
from ugcgen.models import text
from ugcgen.models.catalog import Model
from ugcgen.models.pricing import EXPAND_BRIEF, REFINE_SCRIPT, WRITE_SCRIPT
from ugcgen.models.text import Asked
from ugcgen.pipeline.outline import PLATFORM_SECONDS

SHOWN_SHARE = 0.8
"""Share of the scenes in which the product has to be seen."""

INTEGRATION_PHRASES = (
    "so this is the one I keep reaching for",
    "the thing that I did not expect",
    "this one just lives in my bag now",
    "my friend would not stop talking about it, so",
    "okay, look at this",
)
"""Ways in which a product comes up by itself. They show the writer a manner; no script has to use one."""

_PERSONA = """You are a director of user-generated-content ads with more than thirty years of experience for Nike,
Apple, Sephora and Amazon. You know the psychology of attention, you tell stories, and you know what each platform
rewards. You write the way people talk: first person, short sentences, one thought at a time, no slogans.

Rules you never break:
- The product is seen in at least {share:.0%} of the scenes.
- The product comes up by itself, never like a commercial. In the manner of: {phrases}.
- Nothing is claimed that the brief does not say.
- {timing}
- The first two seconds make people stop; the last scene says what to do now."""

_STRATEGY = """Plan how this ad persuades, before a word of it is written.

{brief}

hook_strategy: what makes people stop in the first two seconds. pain_point: what bothers the viewer, as a short noun
phrase. key_selling_points: the brief's own selling points, weightiest first and in their own words; none that is not
there. emotional_journey: from which feeling through which to which. cta_approach: how the ad asks to act. One sentence
each."""

_TASK = """Write the script of a {seconds:g} second ad in {language}.

{brief}

{bible}

Write exactly one scene for each entry of the outline, in its order, with its scene_number, scene_type and
duration_seconds. The dialogue of a scene has at most max_words words{counted}, because it is spoken in that time.
total_duration is the sum of the scenes. action says what the person does, expression how they look while doing it.
The camera language says how scenes of each type are usually shot; the light is the same in all of them."""

_REPAIR = """

A first draft broke these rules; write it again so that it keeps them:
{violations}"""

_REFINE = """This is the script of an ad, with the brief and the outline that it was written from.

{brief}

{bible}

{script}

{feedback}

Change what the feedback asks for and nothing else: every scene that it does not concern comes back word for word. The
rules of the outline still hold: one scene for each entry, in its order, and at most max_words words{counted} of
dialogue."""


def expand_brief(account: Account, model: Model, brief: Brief) -> Strategy:
    """How the ad is going to persuade. Raises what ``text.ask`` raises."""
    prompt = _STRATEGY.format(brief=text.as_prompt_json("brief", _facts(brief)))
    planned = text.ask(account, model, EXPAND_BRIEF, prompt, Strategy, system=persona(brief.platform))
    own = {point.strip().lower(): point for point in brief.selling_points}
    kept = [own[said] for point in planned.key_selling_points if (said := point.strip().lower()) in own]
    # A claim that the user did not make is dropped; one that was left out comes last.
    return planned.model_copy(update={"key_selling_points": list(dict.fromkeys([*kept, *brief.selling_points]))})


def generate_script(
    account: Account,
    model: Model,
    brief: Brief,
    bible: ProductionBible,
    outline: Sequence[PlannedScene],
    violations: Sequence[str] = (),
) -> Asked[Script]:
    """A draft; one that keeps the rules which an earlier draft broke, where those are named."""
    prompt = _TASK.format(
        seconds=sum(scene.seconds for scene in outline), language=brief.language, **_material(brief, bible, outline)
    )
    system = persona(bible.style.platform)
    return text.asked(account, model, WRITE_SCRIPT, prompt + _named(violations), Script, system=system)


def refine_script(
    account: Account,
    model: Model,
    brief: Brief,
    bible: ProductionBible,
    outline: Sequence[PlannedScene],
    script: Script,
    feedback: str,
    violations: Sequence[str] = (),
) -> Asked[Script]:
    """A draft of the script with what the feedback asks for."""
    prompt = _REFINE.format(
        script=text.as_prompt_json("script", script.model_dump(mode="json")),
        feedback=text.as_prompt_json("feedback", feedback),
        **_material(brief, bible, outline),
    )
    system = persona(bible.style.platform)
    return text.asked(account, model, REFINE_SCRIPT, prompt + _named(violations), Script, system=system)


def persona(platform: Platform) -> str:
    """The director's own instruction, with the platform's timing."""
    shortest, longest = PLATFORM_SECONDS[platform]
    timing = (
        f"On {platform.replace('_', ' ')} ads of {shortest:g} to {longest:g} seconds do best. The outline says how "
        "long this one is; no second of it is wasted."
    )
    phrases = "; ".join(f'"{phrase}"' for phrase in INTEGRATION_PHRASES)
    return _PERSONA.format(share=SHOWN_SHARE, phrases=phrases, timing=timing)


def _material(brief: Brief, bible: ProductionBible, outline: Sequence[PlannedScene]) -> dict[str, str]:
    style = bible.style
    planned = [
        scene.model_dump(mode="json", include={"scene_number", "scene_type", "max_words", "note"})
        | {"duration_seconds": scene.seconds}
        for scene in outline
    ]
    wanted = _facts(brief) | {
        "tone": tone_in_words(style.tone),
        "style": f"{style.style.replace('_', ' ')}: {STYLES[style.style].approach}",
        "pacing": PACINGS[style.pacing],
        "prompt": bible.creative_brief.prompt,
        "selling_points": bible.creative_brief.selling_points,
    }
    strategy = bible.creative_brief.model_dump(mode="json", exclude={"prompt", "selling_points"})
    followed = bible.model_dump(mode="json", include={"product_dna", "avatar_dna", "camera", "lighting"})
    letters = characters_a_word(brief.language)
    return {
        "counted": f" ({letters} characters count as one word)" if letters else "",
        "brief": text.as_prompt_json("brief", wanted | {"creative_brief": strategy, "outline": planned}),
        "bible": text.as_prompt_json("bible", followed),
    }


def _facts(brief: Brief) -> dict[str, object]:
    return brief.model_dump(
        mode="json",
        include={
            "product_name",
            "brand",
            "prompt",
            "selling_points",
            "tone",
            "style",
            "platform",
            "background",
            "language",
            "words_per_minute",
        },
    )


def _named(violations: Sequence[str]) -> str:
    return _REPAIR.format(violations="\n".join(f"- {sentence}" for sentence in violations)) if violations else ""
