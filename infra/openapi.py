"""`python -m infra.openapi FILE` writes the description of the REST API as the service answers it."""

import sys
from pathlib import Path

from api.openapi import as_json


def main() -> None:
    [target] = map(Path, sys.argv[1:])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(as_json() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
