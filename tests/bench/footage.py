"""Clips for measuring renders: pans over pictures with the statistics of photographs, drawn from seeds.

The pictures are dead leaves: discs that lie on each other, many small and few large, lit unevenly. Their
edges, textures and spectrum are like a photograph's, so that encoders spend on them what they spend on one.
"""

from pathlib import Path

import cv2
import ffmpeg
import numpy as np
import numpy.typing as npt

from postprod.ffmpeg import run

WIDTH, HEIGHT, FPS = 720, 1280, 24
_LARGER = 1.3
_DISCS = 1500


def clip(seed: int, seconds: int, folder: Path) -> Path:
    """A clip of `seconds` with a tone for its sound; made once."""
    path = folder / f"clip-{seed}-{seconds}.mp4"
    if path.exists():
        return path
    still = folder / f"still-{seed}.png"
    cv2.imwrite(str(still), picture(seed, round(WIDTH * _LARGER), round(HEIGHT * _LARGER)))
    x = f"(iw-ow)*(0.5+0.4*sin(n/{FPS}*0.8+{seed}))"
    y = f"(ih-oh)*(0.5+0.4*cos(n/{FPS}*0.7+{seed}))"
    moving = (
        ffmpeg.input(still, extra_options={"loop": 1, "framerate": FPS})
        .video.crop(out_w=str(WIDTH), out_h=str(HEIGHT), x=x, y=y)
        .scale(out_color_matrix="bt709")
        .format(pix_fmts="yuv420p")
    )
    tone = ffmpeg.input(f"sine=frequency={220 + 40 * seed}:sample_rate=48000", f="lavfi").audio
    options = {"preset": "veryfast", "crf": 17, "g": 2 * FPS, "color_primaries": "bt709", "color_trc": "bt709"}
    out = ffmpeg.output(
        moving, tone, filename=path, t=str(seconds), vcodec="libx264", extra_options=options | {"colorspace": "bt709"}
    )
    run(out, "make a clip to measure with")
    return path


def picture(seed: int, width: int, height: int) -> npt.NDArray[np.uint8]:
    """A picture of dead leaves, as BGR."""
    random = np.random.default_rng(seed)
    leaves = np.full((height, width, 3), 120, np.uint8)
    tint = random.uniform(60, 190, 3)
    for _ in range(_DISCS):
        radius = min(0.4 * width, 6 / (random.random() ** 0.7 + 0.005))
        place = tuple(int(v) for v in random.random(2) * (width, height))
        color = np.clip(0.6 * tint + 0.4 * random.uniform(0, 255, 3), 8, 245)
        cv2.circle(leaves, place, int(radius), [float(v) for v in color], -1, cv2.LINE_AA)
    light = sum(
        cv2.resize(random.standard_normal((height >> k, width >> k)), (width, height)) * 1.4**k for k in range(7)
    )
    lit = cv2.GaussianBlur(leaves, (0, 0), 0.8) * (1 + 0.012 * np.asarray(light)[..., np.newaxis])
    return np.clip(lit, 0, 255).astype(np.uint8)
