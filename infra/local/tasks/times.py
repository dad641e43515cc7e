"""Times in Cloud Tasks messages.

proto-plus declares them as Timestamp and Duration, but hands out `datetime` and `timedelta`, and None where unset.
"""

from datetime import datetime, timedelta
from typing import cast

from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp


def moment(field: Timestamp) -> datetime | None:
    """The field as Python sees it."""
    return cast("datetime | None", field)


def span(field: Duration) -> timedelta | None:
    """The field as Python sees it."""
    return cast("timedelta | None", field)


def timestamp(when: datetime) -> Timestamp:
    """`when` for a message; it must know its time zone."""
    stamp = Timestamp()
    stamp.FromDatetime(when)
    return stamp


def duration(length: timedelta) -> Duration:
    """`length` for a message."""
    field = Duration()
    field.FromTimedelta(length)
    return field
