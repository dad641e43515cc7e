import re
from pathlib import Path

from ugcgen.domain.enums import PipelineStep
from ugcgen.pipeline.steps import ORDER, STEPS, Service

PAGE = Path(__file__).parents[3] / "docs" / "pipeline.md"


def test_the_documented_table_is_that_of_the_code() -> None:
    rows = re.findall(r"^\| (\d+) \| `(\w+)` \| (\d+) \| ([^|]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    printed = []
    for number, step in enumerate(STEPS.values(), start=1):
        phases = [f"*{name}*" if who is Service.POSTPROD else name for name, who in step.phases.items()]
        printed.append((str(number), str(step.name), str(step.until), ", ".join(phases)))
    assert rows == printed


def test_every_step_is_in_the_table_and_later_ones_count_more() -> None:
    assert set(ORDER) == set(PipelineStep)
    until = [STEPS[step].until for step in ORDER]
    assert until == sorted(set(until)) and until[-1] == 100


def test_a_topic_is_a_valid_name_of_pubsub() -> None:
    assert {step.topic for step in STEPS.values()} >= {"ugcgen-script-generation", "ugcgen-complete"}
    assert all(re.fullmatch(r"[a-z][a-z0-9-]{2,254}", step.topic) for step in STEPS.values())
