"""Repeating events: copies on new dates."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..errors import EventsError
from ..models import EventPage, Series
from ..organising import organises
from .changes import change

MOST_REPEATS = 26


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", gettext_lazy("every week")
    FORTNIGHTLY = "fortnightly", gettext_lazy("every two weeks")
    MONTHLY = "monthly", gettext_lazy("every month, on the same day")


def repeat(*, event: EventPage, by, rhythm: str, times: int) -> list[EventPage]:
    """Add this many consecutive copies of the event to its series; return them.

    Copies keep the local time across clock changes; if a month lacks the day, its last day is used. Copies of a
    published event are published. Raises EventsError for more than MOST_REPEATS.
    """
    if not 1 <= times <= MOST_REPEATS:
        raise EventsError(_("Choose between 1 and %(most)d repeats.") % {"most": MOST_REPEATS})
    with transaction.atomic():
        locked = event.for_update()
        if not organises(by, locked):
            raise EventsError(_("Only the event’s organisers can do this."))
        if locked.is_cancelled:
            raise EventsError(_("The event has been cancelled."))
        if locked.series_id is None:
            change(locked, by, series=Series.objects.create(title=locked.title))
        page = EventPage.objects.get(pk=event.pk)
        return [_copy(page, by, Rhythm(rhythm), number) for number in range(1, times + 1)]


def _copy(page: EventPage, by, rhythm: Rhythm, number: int) -> EventPage:
    zone = ZoneInfo(page.time_zone)

    def moved(moment: datetime | None) -> datetime | None:
        if moment is None:
            return None
        wall = moment.astimezone(zone)
        return datetime.combine(_later(wall.date(), rhythm, number), wall.time(), zone)

    starts_at = moved(page.starts_at)
    return page.copy(
        update_attrs={
            "slug": _free_slug(page, f"{page.slug}-{starts_at:%Y-%m-%d}"),
            "starts_at": starts_at,
            "ends_at": moved(page.ends_at),
            # Registration for all copies opens with the original, because people can register for the whole series.
            "registration_opens_at": page.registration_opens_at,
            "registration_closes_at": moved(page.registration_closes_at),
            "one_per_school_until": moved(page.one_per_school_until),
        },
        copy_revisions=False,
        keep_live=page.live,
        user=by,
    )


def _later(day: date, rhythm: Rhythm, number: int) -> date:
    if rhythm == Rhythm.MONTHLY:
        year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return day + timedelta(weeks=number * (2 if rhythm == Rhythm.FORTNIGHTLY else 1))


def _free_slug(page: EventPage, wanted: str) -> str:
    taken = set(page.get_siblings().filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for slug in [wanted, *(f"{wanted}-{n}" for n in range(2, 99))] if slug not in taken)
