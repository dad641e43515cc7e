"""Schedules as Cloud Scheduler reads them: five-field cron, or App Engine's `every N minutes|hours`. Pure functions."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_EVERY = re.compile(r"every\s+(\d+)\s+(minute|min|hour)s?", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
# A date like 29 February comes round within eight years.
_HORIZON = timedelta(days=366 * 8)


@dataclass(frozen=True)
class Every:
    """At whole multiples of an interval."""

    interval: timedelta

    def next(self, after: datetime) -> datetime:
        """The first moment later than `after` (with time zone)."""
        seconds = self.interval.total_seconds()
        return datetime.fromtimestamp((after.timestamp() // seconds + 1) * seconds, after.tzinfo)


@dataclass(frozen=True)
class Cron:
    """Minute, hour, day of month, month and day of week (Sunday 0) as the sets of values that match."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either_day: bool  # both day fields are restricted: one match is enough
    zone: ZoneInfo

    def next(self, after: datetime) -> datetime:
        """The first matching minute later than `after` (with time zone). Raises ValueError where there is none."""
        moment = after.astimezone(self.zone).replace(second=0, microsecond=0) + timedelta(minutes=1)
        horizon = moment + _HORIZON
        while moment < horizon:
            if moment.month not in self.months or not self._on_day(moment):
                moment = moment.replace(hour=0, minute=0) + timedelta(days=1)
            elif moment.hour not in self.hours:
                moment = moment.replace(minute=0) + timedelta(hours=1)
            elif moment.minute not in self.minutes:
                moment += timedelta(minutes=1)
            else:
                return moment
        raise ValueError("no date matches this schedule")

    def _on_day(self, moment: datetime) -> bool:
        of_month, of_week = moment.day in self.days, moment.isoweekday() % 7 in self.weekdays
        return of_month or of_week if self.either_day else of_month and of_week


Schedule = Every | Cron


def parse_schedule(text: str, zone: str = "UTC") -> Schedule:
    """Reads a schedule; `zone` is an IANA name. Raises ValueError naming what is wrong."""
    if every := _EVERY.fullmatch(text.strip()):
        count = int(every[1])
        if count < 1:
            raise ValueError(f"schedule {text!r}: the interval must be at least 1")
        unit = timedelta(hours=1) if every[2].lower() == "hour" else timedelta(minutes=1)
        return Every(count * unit)
    fields = text.split()
    if len(fields) != 5:
        raise ValueError(f"schedule {text!r}: want `every N minutes`, `every N hours` or five cron fields")
    minute, hour, day, month, weekday = fields
    try:
        return Cron(
            minutes=_values(minute, 0, 59),
            hours=_values(hour, 0, 23),
            days=_values(day, 1, 31),
            months=_values(month, 1, 12, _MONTHS),
            weekdays=frozenset(value % 7 for value in _values(weekday, 0, 7, _DAYS)),
            either_day=not day.startswith("*") and not weekday.startswith("*"),
            zone=ZoneInfo(zone),
        )
    except ValueError as error:
        raise ValueError(f"schedule {text!r}: {error}") from None


def _values(field: str, low: int, high: int, names: tuple[str, ...] = ()) -> frozenset[int]:
    """The values of one cron field: `*`, numbers, names (of `low` and up), ranges, steps and lists of these."""

    def number(text: str) -> int:
        return low + names.index(text.lower()) if text.lower() in names else int(text)

    values: set[int] = set()
    for item in field.split(","):
        span, _, step = item.partition("/")
        first, _, last = span.partition("-")
        start = low if first == "*" else number(first)
        end = number(last) if last else high if first == "*" or step else start
        if not low <= start <= end <= high or (step and int(step) < 1):
            raise ValueError(f"{item!r} is not within {low}-{high}")
        values.update(range(start, end + 1, int(step or 1)))
    return frozenset(values)
