"""Rendering one segment: one FFmpeg process, one graph, a closed group of pictures, no sound.

All segments leave the encoder with the same settings, so that they can be joined by copy. Threads are fixed because
x264's output depends on their number, and its look-ahead has none of its own, since what that finds depends on how far
it has got: the same inputs give the same bytes on any machine with the same FFmpeg.
"""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from postprod.captions.lines import Line
from postprod.captions.overlay import overlay_of
from postprod.ffmpeg import UNWATCHED, RenderCancelled, RenderInterrupted, Watch, run, whole_file
from postprod.picture.encoder import encode
from postprod.picture.grades import Balance, Coloring
from postprod.picture.look import Size, camera, colored, grain
from postprod.picture.match import NEUTRAL, Palette, balance, palette_of_clip
from postprod.picture.pieces import frames_of, require_whole, source_of
from postprod.picture.sway import sway
from postprod.picture.transitions import mix
from postprod.probe import samples
from ugcgen.domain.cube import Cube, parse_cube
from ugcgen.domain.edit import Edit
from ugcgen.domain.errors import MediaError
from ugcgen.pipeline.timeline import Piece, Segment


def render_segment(
    segment: Segment,
    edit: Edit,
    clips: Mapping[str, Path],
    captions: Sequence[Line],
    out: Path,
    *,
    reference: Palette = NEUTRAL,
    watch: Watch = UNWATCHED,
) -> None:
    """Render `segment` of `edit` to the MP4 `out`, with exactly `segment.frames` frames.

    `clips` holds the local file of each clip, and of the look's table if it has one, by its name in the edit;
    `captions` are the film's lines, in film frames. Scenes whose colours are matched are so to `reference`.
    Raises MediaError if a clip is much shorter than its scene, damaged or cannot be read.
    """
    look, film = edit.look, (edit.width, edit.height)
    size = _own_size(segment, edit, clips)
    # Up to the look all work is done on as many pixels as the clips have.
    small = edit.model_copy(update={"width": size[0], "height": size[1]})
    shown = [frames_of(piece, small, clips) for piece in segment.pieces]
    balances = [_balance(piece, edit, clips, reference) for piece in segment.pieces]
    with whole_file(out) as part, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if segment.transition is None:
            (picture,), (own,) = shown, balances
        else:
            own = Balance()
            leaving, coming = (
                colored(piece, Coloring(balance), folder) for piece, balance in zip(shown, balances, strict=True)
            )
            picture = mix(leaving, coming, segment.transition, segment.frames, edit.fps, size)
        coloring = Coloring.of(look, own, _table(edit, clips))
        picture = camera(picture, look, coloring, size, film, sway(segment, edit.fps), folder)
        if overlay := overlay_of(captions, edit, segment):
            picture = overlay.over(picture, folder)
        picture = grain(picture, look)
        try:
            run(encode(picture, edit, part).global_args(xerror=True), f"render {segment.name}", watch)
            frames = samples(part)
            if frames != segment.frames:
                raise MediaError(f"{segment.name} came out with {frames} frames instead of {segment.frames}")
        except (RenderCancelled, RenderInterrupted):
            raise
        except MediaError:
            for piece in segment.pieces:
                require_whole(piece, edit, clips)
            raise


def _own_size(segment: Segment, edit: Edit, clips: Mapping[str, Path]) -> Size:
    """The size at which none of the segment's clips has to be enlarged, in the film's shape and not above its size."""
    scenes = [edit.scenes[piece.scene] for piece in segment.pieces]
    sources = [source_of(scene, clips[scene.clip]) for scene in scenes]
    larger = min(max(edit.width / source.width, edit.height / source.height) for source in sources)
    if larger <= 1:
        return edit.width, edit.height
    return 2 * round(edit.width / larger / 2), 2 * round(edit.height / larger / 2)


def _balance(piece: Piece, edit: Edit, clips: Mapping[str, Path], reference: Palette) -> Balance:
    if not edit.look.match_colors:
        return Balance()
    return balance(palette_of_clip(clips[edit.scenes[piece.scene].clip]), reference)


def _table(edit: Edit, clips: Mapping[str, Path]) -> Cube | None:
    return parse_cube(clips[edit.look.lut].read_bytes()) if edit.look.lut else None
