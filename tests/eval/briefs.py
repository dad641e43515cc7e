"""The ten briefs of the evaluation: every style, most tones, platforms, places and ways of joining, on small jobs."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Case:
    """A brief, and who and what is drawn for its photos (``drawn.py``); ``person`` is None for an ad of hands alone."""

    name: str
    person: int | None
    goods: int
    brief: dict[str, Any]


def _case(name: str, person: int | None, goods: int, product_name: str, prompt: str, **wishes: Any) -> Case:
    scenes = [{"seconds": 4}, {"seconds": 4}, {"seconds": 4}]
    brief = {"product_name": product_name, "prompt": prompt, "quality": "draft", "scenes": scenes} | wishes
    return Case(name, person, goods, brief)


CASES = (
    _case(
        "oil-testimonial", 0, 0, "Luna Renew Oil",
        "A woman tells how two weeks with a face oil calmed her dry skin after the winter",
        brand="Luna", selling_points=["cold pressed", "no perfume"], tone="warm, honest",
    ),
    _case(
        "shampoo-showcase", 1, 1, "Verde Shampoo",
        "A runner shows the shampoo she takes to the gym because one wash is enough",
        brand="Verde", style="product_showcase", platform="tiktok", background="custom",
        background_note="A bright bathroom with white tiles", tone="energetic",
    ),
    _case(
        "cream-story", 2, 2, "Nivora Night Cream",
        "How a night cream became the one quiet minute of a nurse's day",
        brand="Nivora", style="brand_story", platform="youtube_shorts", tone="calm", transition="dissolve",
    ),
    _case(
        "balm-reel", 3, 3, "Bloom Lip Balm",
        "Three places where she always has the lip balm with her",
        brand="Bloom", style="social_reel", platform="tiktok", tone="playful", background="outdoor",
    ),
    _case(
        "paste-comparison", 4, 4, "Oral Co Mint Paste",
        "He compares a mint paste with what he used for years and says what is better and what is not",
        brand="Oral Co", style="comparison_review", tone="honest", background="office",
    ),
    _case(
        "seltzer-native", 5, 5, "Fizza Seltzer",
        "A man opens a can of seltzer after work and says what it tastes like",
        brand="Fizza", style="social_reel", speech="native", background="kitchen", tone="humorous",
    ),
    _case(
        "snack-wide", 6, 6, "Green Bite Snack Bar",
        "A father explains why the snack bar is in every one of his bags",
        brand="Green Bite", platform="youtube", aspect_ratio="16:9", background="car", tone="warm, practical",
    ),
    _case(
        "perfume-chain", 7, 7, "Noir Perfume",
        "She gets ready for the evening and the perfume is the last thing she puts on",
        brand="Noir", style="brand_story", tone="luxurious",
        scenes=[{"seconds": 4}, {"seconds": 4, "join": "chain"}, {"seconds": 4}],
    ),
    _case(
        "serum-long-scene", 0, 0, "Luna Renew Oil",
        "The whole morning routine in one breath, from the mirror to the door",
        brand="Luna", max_scene_duration=4, scenes=[{"seconds": 4}, {"seconds": 6}, {"seconds": 3}], tone="confident",
    ),
    _case(
        "hands-alone", None, 2, "Nivora Night Cream",
        "Only hands and the jar: how it opens, how little is needed, how it closes",
        brand="Nivora", style="product_showcase", tone="calm", scenes=[{"seconds": 4}, {"seconds": 4}],
    ),
)  # fmt: skip
