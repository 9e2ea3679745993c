"""The weekly figures, sent to each moderator on Monday for the week before."""

from datetime import datetime, time, timedelta
from functools import partial

from django.urls import reverse
from django.utils import timezone

from community.models import User
from notifications.delivery import notify

from .figures import monday_of, report_for


def send_weekly_figures(at: datetime | None = None) -> int:
    """Send every moderator the figures of the last whole week, once per person and week; return how many have them.

    Skips a moderator for whom nothing arrived, was settled or waited. That includes moderators without a second factor,
    who have no access to the queue. Idempotent; concurrent runs are safe.
    """
    this_monday = monday_of(at or timezone.now())
    begins, ends = this_monday - timedelta(weeks=1), this_monday
    end = timezone.make_aware(datetime.combine(ends, time())) - timedelta(microseconds=1)
    told = 0
    people = User.objects.filter(is_active=True, moderated_organisations__isnull=False).distinct().order_by("pk")
    for moderator in people:
        report = report_for(moderator, at=end, weeks=1)
        if report.is_empty:
            continue
        rows = [(label, report.of(kind=key), report.number_waiting(key)) for key, label in report.kinds.items()]
        notify(
            recipients=[moderator],
            message="moderation/week",
            context={
                "begins": begins,
                "ends": ends - timedelta(days=1),
                "total": report.of(),
                "waiting": report.number_waiting(),
                "rows": [row for row in rows if row[1].came or row[1].settled or row[2]],
            },
            url=partial(reverse, "desk:figures"),
            key=f"desk-week:{begins}",
        )
        told += 1
    return told
