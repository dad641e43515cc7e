"""Run at the end of an installation: what a wheel or a test needs of the system, installed or named."""

import ctypes.util
import os
import shutil
import subprocess
import sys

# Library (as the linker knows it) and the Debian package that brings it: the studio draws with Skia.
NEEDED = {"GL": "libgl1", "EGL": "libegl1", "fontconfig": "libfontconfig1"}
# The tests of the web client drive a browser, and nothing else wants it.
BROWSER = "chromium"


def main() -> int:
    libraries = [package for library, package in NEEDED.items() if ctypes.util.find_library(library) is None]
    packages = libraries + ([BROWSER] if shutil.which(BROWSER) is None else [])
    if not packages:
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"installing {' '.join(packages)}", flush=True)
        for command in (["apt-get", "-qq", "update"], ["apt-get", "-qq", "install", "-y", *packages]):
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return 0
    print(f"These are missing: install them with: sudo apt-get install {' '.join(packages)}")
    return 1 if libraries else 0


if __name__ == "__main__":
    sys.exit(main())
