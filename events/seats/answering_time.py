"""Deadlines for answering an offer, which don't run at night."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NIGHT_ENDS, NIGHT_BEGINS = time(8), time(22)


def answer_by(at: datetime, hours: int, zone: str) -> datetime:
    """Return when this many hours of daytime (08:00–22:00 in the person's zone) have passed since `at`."""
    person = ZoneInfo(zone)

    def moment(day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, person).astimezone(UTC)

    left, now = timedelta(hours=hours), at
    day = at.astimezone(person).date()
    while True:
        now, night = max(now, moment(day, NIGHT_ENDS)), moment(day, NIGHT_BEGINS)
        if now < night:
            if left <= night - now:
                return now + left
            left -= night - now
        day += timedelta(days=1)
