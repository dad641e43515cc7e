"""``make bench-render``: what a film costs against the bare encode of its frames, in processor time of one run.

Prints tables and writes ``out/bench/render.json``. Costs are user and system seconds of this process and of all that
it started, medians of three rounds in which the contestants take turns. A busy machine slows all of them alike.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

import ffmpeg
from ffmpeg import VideoStream
from rich.console import Console
from rich.table import Table

from infra.local.parts import REPO
from postprod.animatic import render_animatic, small
from postprod.captions.fonts import font_for
from postprod.captions.lines import Line
from postprod.checks.film import check_film
from postprod.ffmpeg import run
from postprod.files.film import assemble
from postprod.picture.encoder import encode
from postprod.picture.frames import sample_frames
from postprod.picture.grades import RECIPES, Coloring
from postprod.picture.look import camera, grain
from postprod.picture.segments import render_segment
from postprod.sound.mix import render_sound
from tests.bench.footage import FPS, HEIGHT, WIDTH, clip
from ugcgen.domain.captions import CaptionFont, CaptionStyle
from ugcgen.domain.edit import Edit, Join, SceneCut, TransitionKind
from ugcgen.domain.enums import Music, Quality
from ugcgen.domain.look import Grade, Look
from ugcgen.domain.sound import SoundPlan
from ugcgen.pipeline.timeline import lay_out

OUT = REPO / "out" / "bench" / "render.json"
WORK = OUT.parent / "render"
ROUNDS = 3
LIMITS = {
    "render_vs_floor_veryfast": 1.45,
    "render_vs_floor_medium": 1.18,
    "rerender_one_scene": 0.25,
    "rerender_music": 0.05,
    "qc_vs_render": 0.14,
    "animatic_vs_render": 0.5,
}
LOOK = Look(grade=Grade.FILM)
JOINS = [TransitionKind.CROSSFADE, TransitionKind.SLIDE_UP, TransitionKind.DISSOLVE, TransitionKind.WIPE_LEFT]
JOIN_FRAMES = 12


def edit_of(seconds: int, **fields: object) -> Edit:
    """Five scenes with everything on."""
    scenes = [
        SceneCut(scene_number=n, clip=f"clip-{n}", frames=seconds * FPS, text=f"Scene {n} says some words about it.")
        for n in range(1, 6)
    ]
    joins = [Join(kind=kind, frames=JOIN_FRAMES) for kind in JOINS]
    plain: dict[str, object] = {"fps": FPS, "look": LOOK, "sound": SoundPlan(music=Music.WARM)}
    return Edit.model_validate(plain | {"scenes": scenes, "joins": joins} | fields)


def lines_of(edit: Edit) -> list[Line]:
    """A caption of three words each second, throughout."""
    return [Line(("these", "are", "words"), (n, n + 8, n + 16), n + FPS) for n in range(0, edit.frames - FPS, FPS)]


class Film:
    """A film of five clips, made part by part as the product does, into a folder of its own."""

    def __init__(self, name: str, edit: Edit, seconds: int) -> None:
        self.edit, self.timeline, self.lines = edit, lay_out(edit), lines_of(edit)
        self.folder = WORK / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.media = {f"clip-{n}": clip(n, seconds, WORK) for n in range(1, 6)}
        self.path = self.folder / "film.mp4"

    def render(self) -> None:
        self.picture(lambda name: True)
        self.sound()
        self.join()

    def picture(self, wanted: Callable[[str], bool]) -> None:
        for segment in self.timeline.segments:
            if wanted(segment.name):
                render_segment(segment, self.edit, self.media, self.lines, self.folder / f"{segment.name}.mp4")

    def sound(self) -> None:
        render_sound(self.edit, self.timeline, [], self.media, self.folder / "sound.m4a")

    def join(self) -> None:
        parts = [self.folder / f"{segment.name}.mp4" for segment in self.timeline.segments]
        assemble(self.edit, parts, self.folder / "sound.m4a", self.path, title="measured")

    def rerender_scene(self, number: int) -> None:
        """Another clip for one scene: its body, the joins on both sides, the sound, the film."""
        self.media[f"clip-{number}"] = self.media["clip-1"]
        changed = {f"body-{number:02}", f"join-{number - 1:02}", f"join-{number:02}"}
        self.picture(lambda name: name in changed)
        self.sound()
        self.join()

    def rerender_music(self) -> None:
        self.sound()
        self.join()

    def frames(self) -> Path:
        """The finished film's frames, uncompressed."""
        path = self.folder / "frames.nut"
        run(ffmpeg.input(self.path).video.output(filename=path, vcodec="rawvideo", f="nut"), "unpack the film")
        return path

    def floor(self, frames: Path) -> None:
        """The bare encode: the encoder of the render over its own frames, and nothing else."""
        run(encode(ffmpeg.input(frames).video, self.edit, self.folder / "floor.mp4"), "encode the frames again")

    def check(self) -> None:
        samples = {name: sample_frames(path, 1.0) for name, path in self.media.items()}
        check_film(self.path, self.edit, self.media, samples)

    def animatic(self) -> None:
        stills = {f"clip-{n}": WORK / f"still-{n}.png" for n in range(1, 6)}
        render_animatic(small(self.edit), stills, self.folder / "animatic.mp4")


def cpu(work: Callable[[], object]) -> float:
    """User and system seconds, here and in processes that ended."""
    before = _spent()
    work()
    return _spent() - before


def _spent() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)


def rounds(contestants: Mapping[str, Callable[[], object]], count: int = ROUNDS) -> dict[str, float]:
    """Median seconds of each; all of them run in every round."""
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(count):
        for name, work in contestants.items():
            taken[name].append(cpu(work))
    return {name: median(seconds) for name, seconds in taken.items()}


def ratios() -> tuple[dict[str, float], dict[str, float]]:
    """The figures that are ratios, and the seconds that they were made of."""
    fast, best = Film("veryfast", edit_of(3), 3), Film("medium", edit_of(3, quality=Quality.HIGH), 3)
    long = Film("long", edit_of(8), 8)
    fast.render()
    best.render()
    frames, best_frames = fast.frames(), best.frames()
    short = rounds(
        {
            "floor veryfast": lambda: fast.floor(frames),
            "render veryfast": fast.render,
            "floor medium": lambda: best.floor(best_frames),
            "render medium": best.render,
            "checks": fast.check,
            "MoviePy": lambda: moviepy(fast),
        }
    )
    frames.unlink()
    best_frames.unlink()
    whole = rounds({"render of five 8 s scenes": long.render}, 1)
    again = rounds(
        {
            "one scene again": lambda: long.rerender_scene(3),
            "music again": long.rerender_music,
            "animatic of five 8 s scenes": long.animatic,
        }
    )
    seconds = short | whole | again
    return {
        "render_vs_floor_veryfast": seconds["render veryfast"] / seconds["floor veryfast"],
        "render_vs_floor_medium": seconds["render medium"] / seconds["floor medium"],
        "rerender_one_scene": seconds["one scene again"] / seconds["render of five 8 s scenes"],
        "rerender_music": seconds["music again"] / seconds["render of five 8 s scenes"],
        "qc_vs_render": seconds["checks"] / seconds["render veryfast"],
        "animatic_vs_render": seconds["animatic of five 8 s scenes"] / seconds["render of five 8 s scenes"],
        "moviepy_vs_floor": seconds["MoviePy"] / seconds["floor veryfast"],
    }, seconds


def moviepy(film: Film) -> None:
    """Stitch, fade, captions and sound by MoviePy, at the size and encoder settings of the film."""
    font = font_for("these are words", CaptionFont.ROBOTO, 900, "en").path
    arguments = [film.edit.width, film.edit.height, FPS, JOIN_FRAMES / FPS, font, film.folder / "moviepy.mp4"]
    command = [_moviepy_python(), REPO / "tests/bench/moviepy_film.py", *arguments, *film.media.values()]
    # MoviePy leaves its temporary files where it stands.
    subprocess.run([str(word) for word in command], check=True, capture_output=True, cwd=film.folder)


def _moviepy_python() -> Path:
    """An environment of its own for MoviePy, whose pins exclude ours."""
    python = WORK / "moviepy" / "bin" / "python"
    if not python.exists():
        uv, lock = Path(sys.executable).with_name("uv"), REPO / "tests/bench/moviepy.txt"
        subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, WORK / "moviepy"], check=True)
        subprocess.run([uv, "pip", "sync", "--quiet", "--require-hashes", "--python", python, lock], check=True)
    return python


def peak_mb(height: int) -> float:
    """The most memory that rendering a body and a join takes at once: this program's, and FFmpeg's, in MB."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.render", "peak", str(height)], check=True, capture_output=True, text=True
    )
    return float(done.stdout)


def _print_peak(height: int) -> None:
    edit = edit_of(3, width=height * 9 // 16, height=height)
    film = Film(f"peak-{height}", edit, 3)
    film.picture(lambda name: name in {"body-01", "join-01"})
    kilobytes = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(sum(kilobytes) / 1024)


def filter_costs() -> dict[str, float]:
    """Milliseconds of processor time a frame that each filter adds to a decoded and enlarged clip."""
    plain, size, film = Look.plain(), (WIDTH, HEIGHT), (1080, 1920)
    source, sway = clip(1, 3, WORK), ("sin(n)", "cos(n)")

    def looked(**fields: object) -> Callable[[VideoStream], VideoStream]:
        look = plain.model_copy(update=fields)
        return lambda picture: grain(camera(picture, look, Coloring.of(look), size, film, sway, WORK), look)

    steps = {
        "decode and enlarge": looked(),
        "grade by curves": looked(grade=Grade.NATURAL),
        "grade by curves and tints": looked(grade=Grade.FILM),
        "aberration": looked(aberration=1.0),
        "vignette": looked(vignette=0.07),
        "distortion": looked(distortion=0.007),
        "shake": looked(shake=1.5),
        "grain": looked(grain=0.03),
        "all of them": looked(**LOOK.model_dump()),
        "all, enlarged first": lambda picture: _naive(picture, film),
    }
    taken = rounds({name: lambda step=step: _discarded(step, source) for name, step in steps.items()})
    bare = taken.pop("decode and enlarge")
    return {"decode and enlarge": 1000 * bare / (3 * FPS)} | {
        name: 1000 * (seconds - bare) / (3 * FPS) for name, seconds in taken.items()
    }


def _discarded(step: Callable[[VideoStream], VideoStream], source: Path) -> None:
    picture = ffmpeg.input(source).video.setparams(colorspace="bt709", range="tv")
    run(step(picture).output(filename="-", f="null", an=True), "measure a filter")


def _naive(picture: VideoStream, film: tuple[int, int]) -> VideoStream:
    """The usual filters in the usual order, on a picture that was enlarged first."""
    cube = WORK / "naive.cube"
    entries = Coloring(recipe=RECIPES[Grade.FILM]).lattice()
    rows = "%.5f %.5f %.5f\n" * len(entries) % tuple(entries.ravel())
    cube.write_text(f"LUT_3D_SIZE {round(len(entries) ** (1 / 3))}\n{rows}", encoding="ascii")
    return (
        picture.scale(w=str(film[0]), h=str(film[1]), flags="bicubic")
        .lut3d(file=str(cube))
        .eq(saturation="0.93")
        .rgbashift(rh=1)
        .lenscorrection(k1=-0.007, k2=0, i="bilinear")
        .vignette(angle="PI/12")
        .noise(all_strength=3, all_flags="t+u")
        .format(pix_fmts="yuv420p")
    )


def minute_costs() -> dict[str, float]:
    """Processor seconds for a finished minute of eight outputs, from a body of 3 s each."""
    sizes = {"720p": (720, 1280), "1080p": (1080, 1920), "4K": (2160, 3840)}
    plain: dict[str, object] = {"look": Look.plain(), "captions": CaptionStyle(shown=False)}
    outputs: dict[str, tuple[str, dict[str, object]]] = {
        "720p draft": ("720p", {"quality": Quality.DRAFT}),
        "720p standard": ("720p", {}),
        "1080p draft": ("1080p", {"quality": Quality.DRAFT}),
        "1080p standard, as filmed": ("1080p", plain),
        "1080p standard, curves alone": ("1080p", {"look": Look(grade=Grade.NATURAL, aberration=0, distortion=0)}),
        "1080p standard, everything": ("1080p", {}),
        "1080p high, everything": ("1080p", {"quality": Quality.HIGH}),
        "4K standard, everything": ("4K", {}),
    }
    found = {}
    for name, (size, fields) in outputs.items():
        width, height = sizes[size]
        film = Film("minutes", edit_of(3, width=width, height=height, **fields), 3)
        body = film.timeline.segments[0]
        seconds = cpu(lambda film=film: film.picture(lambda part: part == "body-01"))
        found[name] = seconds * 60 * FPS / body.frames
    return found


def main() -> int:
    if sys.argv[1:2] == ["peak"]:
        _print_peak(int(sys.argv[2]))
        return 0
    WORK.mkdir(parents=True, exist_ok=True)
    figures, seconds = ratios()
    figures |= {"peak_mb_1080p": peak_mb(1920), "peak_mb_4k": peak_mb(3840)}
    costs, minutes = filter_costs(), minute_costs()
    OUT.write_text(json.dumps({name: round(value, 4) for name, value in figures.items()}, indent=2) + "\n")
    console = Console()
    console.print(_table("Rendering", figures, "", LIMITS))
    console.print(_table("Processor seconds", seconds, "s"))
    console.print(_table("Filters, on a clip of 720 x 1280", costs, "ms a frame"))
    console.print(_table("A finished minute", minutes, "s"))
    console.print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    return 0


def _table(title: str, values: Mapping[str, float], unit: str, limits: Mapping[str, float] | None = None) -> Table:
    table = Table("", f"measured {unit}".strip(), *(["at most"] if limits else []), title=title)
    for name, value in values.items():
        table.add_row(name, f"{value:.2f}", *([f"{limits[name]:g}" if name in limits else ""] if limits else []))
    return table


if __name__ == "__main__":
    sys.exit(main())
