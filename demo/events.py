"""Events and their registrations."""

import random
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from community.models import Membership, Standing, User
from events.models import EventIndexPage, EventPage, Registration
from events.seats.registration import register

from . import texts
from .personas import PERSONA_ADDRESSES

# An invented address. Only the Join button links to it.
CALL = "https://meet.etwinning-schools.example/{slug}"


def seed_events(now: datetime) -> None:
    """Publish the events, register people, and mark attendance at past events."""
    index = EventIndexPage.objects.get()
    people = list(
        User.objects.filter(
            pk__in=Membership.objects.active().with_standing().filter(standing=Standing.LABELLED).values("user")
        ).order_by("pk")
    )
    for row in texts.tables("events.toml")["event"]:
        _hold(row, index, people, now)


def _hold(row: dict, index: EventIndexPage, people: list[User], now: datetime) -> None:
    zone = ZoneInfo(row["time_zone"])
    day = now.astimezone(zone).date() + timedelta(days=row["days_from_now"])
    starts_at = datetime.combine(day, time.fromisoformat(row["start"]), zone)
    # Registration closes when an event starts, so a past event is created in the future first and then moved to its
    # date.
    postponed = timedelta(days=365) if row["days_from_now"] <= 0 else timedelta()
    announced_at = min(now, starts_at) - timedelta(days=21)
    event = index.add_child(
        instance=EventPage(
            **{name: row[name] for name in ("title", "slug", "summary", "body", "kind", "language", "pillars")},
            **{name: row[name] for name in ("time_zone", "capacity", "audience")},
            starts_at=starts_at + postponed,
            ends_at=starts_at + postponed + timedelta(minutes=row["minutes"]),
            join_url=CALL.format(slug=row["slug"]),
            first_published_at=announced_at,
            last_published_at=announced_at,
            speakers=[("speaker", speaker) for speaker in row["speakers"]],
        )
    )
    # Personas register for upcoming events themselves.
    free = people if postponed else [person for person in people if person.email not in PERSONA_ADDRESSES]
    for person in random.Random(row["slug"]).sample(free, row["registrations"]):  # noqa: S311 not a secret
        register(event=event, by=person)
    if postponed:
        event.starts_at, event.ends_at = event.starts_at - postponed, event.ends_at - postponed
        event.save()
        registrations = Registration.objects.filter(event=event)
        registrations.update(created_at=event.starts_at - timedelta(days=10))
        # One in six did not attend.
        attended = [r.pk for number, r in enumerate(registrations.confirmed()) if number % 6]
        registrations.filter(pk__in=attended).update(attended_at=event.starts_at)
