"""A cold start's import: the functions' entry against the smallest thing that functions-framework can serve."""

import compileall
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from infra.local.parts import FUNCTIONS, REPO

RUNS = 10
HELLO = """\
import functions_framework


@functions_framework.http
def hello(request):
    return "hello"
"""
_TIMED = "import time; began = time.perf_counter(); import {module}; print(time.perf_counter() - began)"


def cold_imports() -> tuple[float, float]:
    """Seconds to import ``functions/main.py`` and a bare hello world, each in fresh processes, the best of some.

    Both run from bytecode. The two take turns, so that a busy machine slows down neither alone.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        (Path(folder) / "hello.py").write_text(HELLO)
        places = {"main": FUNCTIONS, "hello": Path(folder)}
        for place in (*places.values(), REPO / "shared" / "src"):
            compileall.compile_dir(place, quiet=1)
        for module, place in places.items():
            _import(module, place)  # leaves the bytecode of every library behind, and warms the disk's cache
        turns = [{module: _import(module, place) for module, place in places.items()} for _ in range(RUNS)]
    return min(turn["main"] for turn in turns), min(turn["hello"] for turn in turns)


def _import(module: str, place: Path) -> float:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", _TIMED.format(module=module)]
    done = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout)
