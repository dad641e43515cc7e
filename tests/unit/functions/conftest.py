"""What the unit tests of the functions share: no test here touches a database."""

from pytest import MonkeyPatch, fixture

from api import rates


@fixture(autouse=True)
def requests_are_not_counted(monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "admit", lambda user_id, effort: None)
