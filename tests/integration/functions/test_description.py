"""The served API against its own description: schemathesis makes up requests, and no answer may be a server's error.

A few requests for each operation suffice on the way. With ``UGCGEN_FUZZ_EXAMPLES`` that many are made up, after those
for every limit that the description states.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.integration.functions.doors import Doors

EXAMPLES = os.environ.get("UGCGEN_FUZZ_EXAMPLES")
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
    "allow_header_conformance",
    "ignored_auth",
)


def test_no_request_breaks_the_service_or_is_answered_as_it_does_not_say(open_doors: Doors, tmp_path: Path) -> None:
    _, token = open_doors.user(admin=True)
    options = {
        "header": f"Authorization: Bearer {token}",
        "checks": ",".join(CHECKS),
        "phases": "coverage,fuzzing" if EXAMPLES else "fuzzing",
        "max-examples": EXAMPLES or "15",
        "warnings": "off",
        "request-timeout": "30",
    }
    program = str(Path(sys.executable).with_name("st"))
    done = subprocess.run(
        [program, "run", f"{open_doors.api}/openapi.json", *(f"--{name}={value}" for name, value in options.items())],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
