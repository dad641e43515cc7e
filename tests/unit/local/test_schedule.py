from datetime import UTC, datetime

import pytest

from infra.local.schedule import parse_schedule


def moments(text: str, after: str, count: int, zone: str = "UTC") -> list[str]:
    """The first moments of a schedule later than `after`, in UTC."""
    schedule, moment, found = parse_schedule(text, zone), datetime.fromisoformat(after).replace(tzinfo=UTC), []
    for _ in range(count):
        moment = schedule.next(moment)
        found.append(f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}")
    return found


@pytest.mark.parametrize(
    ("text", "after", "expected"),
    [
        ("every 1 minutes", "2026-01-02 03:04:05", ["2026-01-02 03:05", "2026-01-02 03:06"]),
        ("every 5 minutes", "2026-01-02 03:05:00", ["2026-01-02 03:10", "2026-01-02 03:15"]),
        ("every 2 hours", "2026-01-02 03:04:05", ["2026-01-02 04:00", "2026-01-02 06:00"]),
        ("* * * * *", "2026-01-02 03:04:59", ["2026-01-02 03:05", "2026-01-02 03:06"]),
        ("*/20 9-10 * * *", "2026-01-02 09:30", ["2026-01-02 09:40", "2026-01-02 10:00", "2026-01-02 10:20"]),
        ("5,35 0 1 * *", "2026-01-31 12:00", ["2026-02-01 00:05", "2026-02-01 00:35", "2026-03-01 00:05"]),
        ("0 6 * * mon-fri", "2026-01-02 07:00", ["2026-01-05 06:00", "2026-01-06 06:00"]),
        ("0 6 * * 7", "2026-01-02 07:00", ["2026-01-04 06:00", "2026-01-11 06:00"]),
        ("0 0 13 * fri", "2026-02-10 00:00", ["2026-02-13 00:00", "2026-02-20 00:00"]),  # either day field
        ("0 0 29 2 *", "2026-01-01 00:00", ["2028-02-29 00:00"]),
        ("10/25 0 1 jan *", "2026-06-01 00:00", ["2027-01-01 00:10", "2027-01-01 00:35"]),
    ],
)
def test_next(text: str, after: str, expected: list[str]) -> None:
    assert moments(text, after, len(expected)) == expected


def test_cron_is_read_in_its_time_zone() -> None:
    assert moments("0 9 * * *", "2026-07-01 00:00", 1, "America/Los_Angeles") == ["2026-07-01 16:00"]


@pytest.mark.parametrize("text", ["", "hourly", "every 0 minutes", "* * * *", "60 * * * *", "0 0 * * 8", "5-1 * * * *"])
def test_what_is_no_schedule_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="schedule"):
        parse_schedule(text)


def test_a_date_that_never_comes() -> None:
    with pytest.raises(ValueError, match="no date"):
        parse_schedule("0 0 31 2 *").next(datetime(2026, 1, 1, tzinfo=UTC))
