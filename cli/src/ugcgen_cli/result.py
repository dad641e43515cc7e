"""What a finished job leaves on disk, and what is said of it."""

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from ugcgen_cli.client import Client, JobAnswer
from ugcgen_cli.contact_sheet import Cell, contact_sheet
from ugcgen_cli.errors import CliError
from ugcgen_cli.wording import clock, counted


def write_storyboard(client: Client, answer: JobAnswer, out: Path) -> Path | None:
    """The frames into ``storyboard/`` and the contact sheet of them all; None where no frame is drawn yet."""
    drawn = [(scene, scene.storyboard) for scene in answer.scenes if scene.storyboard]
    if not drawn:
        return None
    folder = out / "storyboard"
    folder.mkdir(parents=True, exist_ok=True)
    cells = []
    for scene, name in drawn:
        frame = folder / f"scene-{scene.scene_number:02d}{PurePosixPath(name).suffix}"
        client.download(answer.media[name], frame)
        cells.append(Cell(scene.scene_number, frame, scene.dialogue, scene.storyboard_score))
    sheet = out / "storyboard.png"
    contact_sheet(cells).save(sheet)
    return sheet


def write_result(client: Client, answer: JobAnswer, out: Path) -> dict[str, Path]:
    """The files of a completed job by what they are. Raises CliError for a job that has none."""
    job = answer.job
    if answer.report is None or job.final_video_url is None or job.script is None:
        raise CliError(f"job {job.id} is {job.status} and has no result yet; follow it with 'ugcgen status --follow'")
    out.mkdir(parents=True, exist_ok=True)
    files = {"film": out / "final.mp4", "script": out / "script.json", "report": out / "report.json"}
    client.download(answer.media[job.final_video_url], files["film"])
    _write_json(files["script"], job.script.model_dump(mode="json"))
    _write_json(files["report"], {**answer.report, "job": job.id})
    if job.files:
        files["files"] = out / "files"
        files["files"].mkdir(exist_ok=True)
        for name, stored in job.files.items():
            client.download(answer.media[stored], files["files"] / name)
    if sheet := write_storyboard(client, answer, out):
        files["storyboard"] = sheet
    return files


def summary(answer: JobAnswer, files: Mapping[str, Path]) -> list[str]:
    """The end of a run in a few lines."""
    report, job = answer.report or {}, answer.job
    took = clock((job.completed_at - job.created_at).total_seconds()) if job.completed_at else "?"
    simulated = " (simulated)" if report.get("simulated") else ""
    lines = [f"Done in {took}: {job.title or job.product_name}, job {job.id}"]
    lines += [f"  {what:<10} {path}" for what, path in files.items()]
    if report["paid_calls"] == 0:
        lines.append("  money      nothing was paid: every result was there already")
    else:
        spent = f"${report['cost_usd']:.2f} of ${report['quoted_usd']:.2f} quoted"
        lost = f", perhaps ${report['unconfirmed_usd']:.2f} more for lost answers" if report["unconfirmed_usd"] else ""
        lines.append(f"  money      {spent}{lost}{simulated}, {report['paid_calls']} paid calls")
    writing = report["writing"]
    if writing["json_repairs"] or writing["json_retries"] or writing["violations"]:
        lines.append(
            f"  script     {counted(len(writing['violations']), 'rule')} broken by a draft and put right, "
            f"{counted(writing['json_repairs'], 'answer')} repaired, {writing['json_retries']} asked for again"
        )
    mean = (report.get("consistency") or {}).get("mean")
    if mean is not None:
        flagged = report["consistency"].get("flagged") or []
        below = f"; look at scene {', '.join(map(str, flagged))}" if flagged else ""
        lines.append(f"  same face and product: {mean:.2f} of 1{below}")
    return lines


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
