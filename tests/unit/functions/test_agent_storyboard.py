"""The storyboard agent: which photos go into a frame, and what a retake's prompt says."""

from pytest import mark

from agents.scene_prompt import Reference
from agents.storyboard import frame_prompt, injected

FACES = [Reference(image=f"face-{n}", kind="person", label="the person") for n in range(4)]
GOODS = [Reference(image=f"good-{n}", kind="product", label="the product") for n in range(3)]
KNOWN = [*FACES[:2], GOODS[0], *FACES[2:], *GOODS[1:]]


@mark.parametrize(
    ("slots", "images"),
    [
        (14, ["face-0", "face-1", "good-0", "face-2", "good-1"]),
        (3, ["face-0", "face-1", "good-0"]),
        (1, ["good-0"]),
        (0, []),
    ],
)
def test_as_many_photos_go_in_as_are_priced_and_as_the_model_takes(slots: int, images: list[str]) -> None:
    assert [reference.image for reference in injected(KNOWN, slots)] == images


def test_a_scene_without_a_product_has_all_slots_for_the_person() -> None:
    assert injected(FACES, 3) == FACES[:3]


def test_a_wish_and_a_correction_follow_the_prompt() -> None:
    assert frame_prompt("A woman.", None, None) == "A woman."
    changed = frame_prompt("A woman.", "A red hat", "One person only.")
    assert changed == "A woman.\n\n[CHANGE] A red hat\n\n[CHANGE] One person only."
