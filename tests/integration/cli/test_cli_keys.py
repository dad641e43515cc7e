"""``ugcgen keys`` and ``ugcgen pool`` against the local cloud."""

import io
import os
import pty
import secrets
import select
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("here")

PATIENCE_S = 60.0

Ugcgen = Callable[..., Any]


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> str:
    """A key on standard input."""
    key = f"AIza{secrets.token_hex(18)}"
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{key}\n"))
    return key


@pytest.mark.parametrize("group", ["keys", "pool"])
def test_a_key_is_added_listed_disabled_enabled_and_removed(ugcgen: Ugcgen, piped: str, group: str) -> None:
    added = ugcgen(group, "add", "--label", "team")
    assert (added.code, added.err) == (0, "")
    key = added.out.split()[1].strip(",")
    assert added.out.endswith(f"ends in {piped[-4:]}\n")
    shown = ugcgen(group, "list").out
    assert "team" in shown and piped[-4:] in shown and "active" in shown and "never" in shown
    assert piped not in added.out + shown
    assert ugcgen(group, "disable", key).code == 0
    assert "disabled" in ugcgen(group, "list").out
    assert ugcgen(group, "enable", key).code == 0
    assert "active" in ugcgen(group, "list").out
    assert ugcgen(group, "remove", key).out == f"{key} is removed\n"
    gone = ugcgen(group, "remove", key)
    assert (gone.code, gone.err.count("\n")) == (1, 1)
    assert f"there is no API key {key}" in gone.err


def test_an_empty_input_is_told(ugcgen: Ugcgen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert "no key came; type it when asked, or pipe it" in ugcgen("keys", "add", "--label", "x").err


def test_what_is_no_key_is_told(ugcgen: Ugcgen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("two words\n"))
    refused = ugcgen("keys", "add", "--label", "x")
    assert (refused.code, "an API key is 8 to 200 letters" in refused.err) == (1, True)


def test_a_key_is_no_argument(ugcgen: Ugcgen) -> None:
    assert ugcgen("keys", "add", "--label", "x", f"AIza{secrets.token_hex(18)}").code == 2


def test_the_master_key_is_rotated_by_a_command(ugcgen: Ugcgen) -> None:
    done = ugcgen("pool", "rotate-master-key")
    assert (done.code, done.out) == (0, "sealed 0 keys anew, 0 to go\n")


def test_a_typed_key_is_not_echoed(start_process: Callable[..., subprocess.Popen[str]], ugcgen: Ugcgen) -> None:
    key = f"AIza{secrets.token_hex(18)}"
    person, terminal = pty.openpty()
    adding = start_process("keys", "add", "--label", "typed", stdin=terminal, stdout=terminal, stderr=terminal)
    os.close(terminal)
    screen = read_until(person, "API key: ")  # its last blank is written once the echo is off
    os.write(person, f"{key}\n".encode())
    screen += read_until(person, "ends in")
    assert adding.wait(PATIENCE_S) == 0
    os.close(person)
    assert key not in screen
    added = next(line.split()[1].strip(",") for line in screen.splitlines() if line.startswith("added "))
    assert ugcgen("keys", "remove", added).code == 0


def read_until(terminal: int, text: str) -> str:
    screen, deadline = "", time.monotonic() + PATIENCE_S
    while text not in screen:
        assert time.monotonic() < deadline, screen
        if select.select([terminal], [], [], 0.2)[0]:
            screen += os.read(terminal, 4096).decode()
    return screen
