"""The commands against the local cloud: a job from its brief to its storyboard, decided and cancelled."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

RUN = ("run", "brief.yaml", "--product", "photos/product-front.jpg", "--avatar", "photos/avatar-front.jpg")
PATIENCE_S = 90.0
ADVICE = "advice: 1 of at least 3 photos of the person"

pytestmark = pytest.mark.usefixtures("here")

Ugcgen = Callable[..., Any]
Start = Callable[..., subprocess.Popen[str]]


def job_in(text: str) -> str:
    found = re.search(r"job (\w{20})\b", text)
    assert found, text
    return found[1]


def test_a_quote_names_scenes_models_and_the_total(ugcgen: Ugcgen) -> None:
    with_product = ugcgen("quote", "brief.yaml")
    assert with_product.code == 0
    assert re.search(r"1 +│ testimonial +│ 4 s +│ 4 s", with_product.out)
    with_both = ugcgen("quote", *RUN[1:])
    one, both = (
        [float(usd) for usd in re.findall(r"\$(\d+\.\d+)", whole_ad(said.out))] for said in (with_product, with_both)
    )
    assert one == sorted(one) and both == sorted(both), "from, set aside, with retakes"
    assert 0 < one[2] < both[2]
    assert "missing: There is no photo of the product" in with_product.out
    assert "missing" not in with_both.out
    assert ADVICE in with_both.out


def whole_ad(shown: str) -> str:
    """The row of a quote that adds up the ad."""
    (row,) = (line for line in shown.splitlines() if "4 s in 1 scene" in line)
    return row


def test_a_job_waits_for_its_storyboard_and_is_retaken_approved_and_cancelled(ugcgen: Ugcgen) -> None:
    ran = ugcgen(*RUN, "--out", "made")
    assert (ran.code, ran.err) == (0, "")
    job = job_in(ran.out)
    for part in (ADVICE, "scene 1 says: ", "scene 1: frame drawn, score ", f"ugcgen approve {job}", ", simulated"):
        assert part in ran.out
    with Image.open("made/storyboard.png") as sheet, Image.open("made/storyboard/scene-01.png") as frame:
        assert sheet.width > 250
        assert frame.height > frame.width

    shown = ugcgen("status", job)
    assert shown.code == 0
    assert "▶ storyboard review" in shown.out

    assert ugcgen("retake", job, "--scene", 3).err == "ugcgen: the job has scenes 1 to 1, not 3\n"
    assert ugcgen("retake", job, "--scene", 1, "--note", "smile more").code == 0

    assert ugcgen("cancel", job).code == 0
    followed = ugcgen("status", job, "--follow")
    assert (followed.code, followed.err) == (1, "")
    assert f"job {job} is cancelled" in followed.out
    assert "start a new one" in ugcgen("resume", job).err
    assert "not waiting for a decision" in ugcgen("approve", job).err


def test_a_budget_that_is_too_small_is_said_with_the_way_on(ugcgen: Ugcgen) -> None:
    ran = ugcgen(*RUN, "--auto-approve", "--budget", "0.05")
    assert ran.code == 1
    job = job_in(ran.out)
    assert "of the budget of $0.050 is free; raise the budget by" in ran.out
    assert f"ugcgen resume {job} --budget USD" in ran.out
    assert "the budget can be raised but not lowered" in ugcgen("resume", job, "--budget", "0.01").err
    assert ugcgen("cancel", job).code == 0


def test_a_run_leaves_its_result_and_the_same_again_pays_nothing(ugcgen: Ugcgen) -> None:
    first = ugcgen(*RUN, "--auto-approve", "--out", "first")
    assert (first.code, first.err) == (0, "")
    film = Path("first/final.mp4").read_bytes()
    assert film[4:8] == b"ftyp"
    script = json.loads(Path("first/script.json").read_text())
    assert script["scenes"][0]["dialogue"].split()[:2] == first.out.split("scene 1 says: ")[1].split()[:2]
    report = json.loads(Path("first/report.json").read_text())
    assert report["job"] == job_in(first.out)
    assert 0 < report["cost_usd"] <= report["quoted_usd"]
    assert f"{report['paid_calls']} paid calls" in first.out
    assert re.search(r"whole ad( +│ +\$\d+\.\d+){4}", first.out), "what was charged beside what was quoted"
    assert sorted(path.name for path in Path("first").iterdir()) == [
        "files",
        "final.mp4",
        "report.json",
        "script.json",
        "storyboard",
        "storyboard.png",
    ]

    assert {"poster.jpg", "thumbnail.jpg", "proxy-540p.mp4"} <= {path.name for path in Path("first/files").iterdir()}

    again = ugcgen(*RUN, "--auto-approve", "--out", "again")
    assert again.code == 0
    assert "nothing was paid: every result was there already" in again.out
    assert json.loads(Path("again/report.json").read_text())["paid_calls"] == 0
    assert Path("again/final.mp4").read_bytes() == film

    fetched = ugcgen("status", report["job"], "--out", "fetched")
    assert fetched.code == 0
    assert Path("fetched/final.mp4").read_bytes() == film

    job = report["job"]
    looked = ugcgen("edit", job, "--music", "calm", "--preview")
    assert re.match(r"5 units of work again at most, for \$\d", looked.out)
    changed = ugcgen("edit", job, "--scene", 1, "--line", "Too " * 60)
    assert (changed.code, "words, at most" in changed.err) == (1, True)
    assert "version 2; follow it" in ugcgen("edit", job, "--music", "calm").out
    assert ugcgen("status", job, "--follow", "--out", "calm").code == 0
    assert Path("calm/final.mp4").read_bytes() != film

    assert re.search(r"deleted: \d+ files removed, [1-9]\d* kept for other jobs", ugcgen("delete", job).out)
    assert f"there is no job {job}" in ugcgen("status", job).err


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("run", "none.yaml", *RUN[2:]), 1, "the brief none.yaml cannot be read: No such file or directory"),
        ((*RUN, "--avatar", "none.jpg"), 1, "the photo none.jpg cannot be read: No such file or directory"),
        ((*RUN, "--avatar", "brief.yaml"), 1, "brief.yaml is no JPEG, PNG or WebP picture"),
        (("run", "bare.yaml", *RUN[2:]), 1, "bare.yaml: product_name is missing"),
        (("quote", "long.yaml"), 1, "scene 1 is 55 s but gemini-omni-1.2-flash makes at most 40 s with extensions"),
        (("status", "nope"), 1, "there is no job nope"),
        (("status", "no/pe"), 1, "job_id: string should match pattern"),
        (("cancel", "nope"), 1, "there is no job nope"),
        (("approve", "nope"), 1, "there is no job nope"),
        (("run", "brief.yaml"), 2, "Missing option '--product'"),
        (("quote",), 2, "Missing argument 'BRIEF'"),
        (("up", "--models", "magic"), 2, "magic"),
        (("--endpoint", "https://a.web.app", "status", "x"), 1, "you are not signed in at https://a.web.app"),
    ],
)
def test_wrong_input_gets_one_sentence(ugcgen: Ugcgen, arguments: tuple[str, ...], code: int, sentence: str) -> None:
    Path("bare.yaml").write_text("prompt: a serum\n")
    Path("long.yaml").write_text("product_name: Lumi\nprompt: x\nscenes:\n  - seconds: 55\n")
    ended = ugcgen(*arguments)
    assert ended.code == code
    assert sentence.lower() in ended.err.lower()
    if code == 1:
        assert ended.err.startswith("ugcgen: ")
        assert ended.err.count("\n") == 1


def test_an_upload_that_is_too_large_is_named(ugcgen: Ugcgen) -> None:
    huge = Path("huge.png")
    Image.new("RGB", (64, 64)).save(huge)
    with huge.open("ab") as file:
        file.truncate(11 * 1024 * 1024)
    ended = ugcgen("run", "brief.yaml", "--product", huge)
    assert ended.code == 1
    assert ended.err.startswith("ugcgen: huge.png: the file has 11,534,336 bytes")


def test_no_cloud_is_said_with_what_to_do(ugcgen: Ugcgen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UGCGEN_LOCAL")
    ended = ugcgen(*RUN)
    assert ended.code == 1
    assert "'ugcgen up'" in ended.err
    assert "'ugcgen login URL'" in ended.err


def test_ctrl_c_leaves_the_job_running(start_process: Start, ugcgen: Ugcgen) -> None:
    process = start_process(*RUN, "--out", "made", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert process.stderr
    job = job_in(process.stdout.readline())
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE_S) == 130
    said = process.stderr.read()
    assert f"'ugcgen status {job} --follow' shows it" in said
    assert "Traceback" not in said
    assert f"job {job} is cancel" in ugcgen("cancel", job).out


class Terminal:
    """What a person at a terminal sees of a process, and types."""

    def __init__(self, start: Start, *arguments: str) -> None:
        self._own, other = pty.openpty()
        self.process = start(*arguments, stdin=other, stdout=other, stderr=other)
        os.close(other)
        self.seen = ""

    def until(self, what: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while what not in self.seen:
            assert time.monotonic() < deadline, f"{what!r} was not shown within {PATIENCE_S:g} s:\n{self.seen}"
            if select.select([self._own], [], [], 1)[0]:
                try:
                    self.seen += os.read(self._own, 65_536).decode(errors="replace")
                except OSError:  # the process has ended, and its terminal with it
                    assert what in self.seen, self.seen

    def type(self, text: str) -> None:
        os.write(self._own, text.encode())

    def close(self) -> None:
        os.close(self._own)


@pytest.mark.parametrize("answer", ["y", "n"])
def test_at_a_terminal_the_storyboard_is_asked_for(
    start_process: Start, ugcgen: Ugcgen, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    terminal = Terminal(start_process, *RUN, "--out", "made")
    try:
        terminal.until("Approve it and film the clips?")
        assert Path("made/storyboard.png").is_file()
        job = re.search(r"ugcgen approve (\w{20})", terminal.seen)
        assert job
        terminal.type(f"{answer}\n")
        if answer == "y":
            terminal.until("Done in")
            assert Path("made/final.mp4").is_file()
        assert terminal.process.wait(PATIENCE_S) == 0
        assert ugcgen("cancel", job[1]).code == (1 if answer == "y" else 0)
    finally:
        terminal.close()


def test_the_models_are_listed_as_they_are_deployed(ugcgen: Ugcgen) -> None:
    shown = ugcgen("models")
    assert (shown.code, shown.err) == (0, "")
    assert "veo-3.1-lite-generate-001" in shown.out
    rows = {row["id"]: row for row in json.loads(ugcgen("models", "--json").out)}
    assert rows["gemini-3.8-flash-lite-tts"]["places"] == {"draft": 1, "standard": 2, "high": 2}
    assert rows["veo-3.1"]["replacement"] == "gemini-omni-1.2-flash"
    assert rows["google-cloud-tts"]["price"] == "16.00 per M characters"
