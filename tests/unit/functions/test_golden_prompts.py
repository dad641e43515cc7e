"""The prompts of the demo job word for word, so that a change of wording is seen in review.

``UPDATE_GOLDEN=1`` writes them again.
"""

import json
import os

import pytest

from agents import scene_prompt, script
from infra.local.parts import REPO
from tests.unit.functions import demo
from tests.unit.functions.demo import ACCOUNT, BRIEF, MODEL, OUTLINE
from ugcgen.domain.enums import SpeechMode
from ugcgen.domain.job_edits import JobEdits
from ugcgen.models.pricing import MOST

GOLDEN = REPO / "tests" / "golden" / "prompts"
NOTE = "Scene 2 should start with a question."


def prompts() -> dict[str, str]:
    """Every prompt of the script's step and of the scenes', by file name."""
    with demo.answering() as asked:
        bible = demo.bible()
        first = demo.written(bible).script
        script.refine_script(ACCOUNT, MODEL, BRIEF, bible, OUTLINE, first, NOTE)
    files = {f"{task}.txt": "\n".join(said) for task, said in asked.items()}
    for planned in OUTLINE:
        composed = scene_prompt.composed(
            first, planned.scene_number, bible, JobEdits(), SpeechMode.NATIVE, demo.PRODUCTS
        )
        files[f"scene-{planned.scene_number:02d}.txt"] = (
            f"STORYBOARD\n\n{composed.storyboard_prompt}\n\nVIDEO, SPEAKING FOR ITSELF\n\n{composed.video_prompt}\n\n"
            f"NEGATIVE\n\n{composed.negative_prompt}\n\nLABEL\n\n{', '.join(composed.label_text)}\n\nREFERENCES\n\n"
            + "".join(f"{one.image}: {one.label}\n" for one in composed.references)
        )
    files["bible.json"] = json.dumps(bible.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n"
    return files


def test_the_prompts_of_the_demo_job() -> None:
    made = prompts()
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.mkdir(parents=True, exist_ok=True)
        for name, words in made.items():
            (GOLDEN / name).write_text(words, encoding="utf-8")
    kept = {path.name: path.read_text(encoding="utf-8") for path in GOLDEN.iterdir()}
    assert kept.keys() == made.keys()
    for name, words in made.items():
        assert words == kept[name], f"{name} has other words; run with UPDATE_GOLDEN=1 and look at the difference"


@pytest.mark.parametrize("name", [f"scene-{number:02d}.txt" for number in range(1, len(OUTLINE) + 1)])
def test_a_prompt_is_no_longer_than_what_is_held_for_it(name: str) -> None:
    still, clip = (GOLDEN / name).read_text(encoding="utf-8").split("VIDEO, SPEAKING FOR ITSELF")
    assert len(still) / 4 < MOST.image_prompt
    assert len(clip) / 4 < MOST.clip_prompt
