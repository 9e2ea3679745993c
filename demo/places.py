"""Event places in every state: a full event with a waiting list and an offer, a series, proposals, a cancellation."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from community.models import Membership, Standing, User
from events.models import EventIndexPage, EventPage
from events.planning.announcing import announce_changes
from events.planning.changes import cancel_event
from events.planning.series import Rhythm, repeat
from events.proposing.proposals import decline_proposal, propose
from events.seats.registration import cancel, register

from . import texts
from .personas import PERSONA_ADDRESSES, PERSONAS

ADDRESSES = {persona.key: persona.email for persona in PERSONAS}


def seed_places(now: datetime) -> None:
    """Give the teacher persona an offer, the lead a turn on the waiting list, and the author a proposal."""
    persona = {key: User.objects.get(email=ADDRESSES[key]) for key in ("teacher", "lead", "author", "moderator")}
    rows = texts.tables("places.toml")
    moderator = persona["moderator"]
    for row in rows["event"]:
        event = _announce(row, now)
        people = _teachers(row["registrations"])
        for person in people:
            register(event=event, by=person, shows_name=person.pk % 3 > 0)
        if row.get("is_full"):
            for key in ("teacher", "lead"):
                register(event=event, by=persona[key])
            # A cancellation, which offers the place to the teacher.
            cancel(event=event, by=people[0])
        if "repeats" in row:
            repeat(event=event, by=moderator, rhythm=Rhythm.WEEKLY, times=row["repeats"])
        if "cancelled" in row:
            cancel_event(event=event, by=moderator, reason=row["cancelled"])
            # Announced now instead of on commit, because seed.py marks all messages so far as emailed.
            announce_changes(EventPage.objects.get(pk=event.pk))
    for row in rows["proposal"]:
        proposer = persona[row["proposer"]]
        starts_at = _moment(row, now)
        proposal = propose(
            by=proposer,
            school=proposer.memberships.active().get().school,
            **{name: row[name] for name in ("title", "summary", "text", "kind", "language", "pillars", "time_zone")},
            capacity=row["capacity"],
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=row["minutes"]),
        )
        if "declined" in row:
            decline_proposal(proposal=proposal, by=moderator, reason=row["declined"])


def _moment(row: dict, now: datetime) -> datetime:
    zone = ZoneInfo(row["time_zone"])
    day = now.astimezone(zone).date() + timedelta(days=row["days_from_now"])
    return datetime.combine(day, time.fromisoformat(row["start"]), zone)


def _announce(row: dict, now: datetime) -> EventPage:
    starts_at = _moment(row, now)
    event = EventIndexPage.objects.get().add_child(
        instance=EventPage(
            **{name: row[name] for name in ("title", "slug", "summary", "body", "kind", "language", "pillars")},
            **{name: row[name] for name in ("time_zone", "capacity", "audience", "other_languages")},
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=row["minutes"]),
            speakers=[("speaker", speaker) for speaker in row["speakers"]],
            agenda=[("part", part) for part in row["agenda"]],
            questions=[
                (question.pop("type"), {"required": False, **question}) for question in row.get("questions", [])
            ],
            join_url=f"https://meet.etwinning-schools.example/{row['slug']}",
        )
    )
    event.save_revision().publish()
    return event


def _teachers(number: int) -> list[User]:
    """Return this many people who may register, personas excluded."""
    labelled = Membership.objects.active().with_standing().filter(standing=Standing.LABELLED)
    people = User.objects.filter(pk__in=labelled.values("user")).exclude(email__in=PERSONA_ADDRESSES)
    return list(people.order_by("-pk")[:number])
