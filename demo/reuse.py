"""Reuse of practices: adoption reports, and readers of the last months."""

from datetime import datetime, timedelta

from community.models import School
from groups.practices.models import Adoption, Practice, ReadCount
from groups.practices.reuse.adopting import report_adoption

from . import texts
from .people import labelled
from .practices import author_of

# Weekly readers of a published practice. Each practice starts at a different point of the cycle.
WEEKLY_READERS = (3, 5, 2, 8, 6, 4, 9, 7, 3, 11, 5, 6)
READERS_FROM = ("TR", "PT", "EE", "GE", "IE", "PL", "FI", "")
WEEKS = 26


def seed_reuse(now: datetime) -> None:
    """Report every adoption in the data file, and count readers week by week."""
    for row in texts.tables("reuse.toml")["adoption"]:
        school = School.objects.get(code=row["school"])
        with labelled(school):
            report = report_adoption(
                practice=Practice.objects.get(title=row["practice"]),
                by=author_of(school),
                school_id=school.pk,
                texts={name: row[name] for name in ("context", "changes", "outcome", "again")},
            )
        then = now - timedelta(days=row["days_ago"])
        Adoption.objects.filter(pk=report.pk).update(created_at=then, updated_at=then)
    _count_readers(now)


def _count_readers(now: datetime) -> None:
    rows = []
    for practice in Practice.objects.published():
        for week in range(WEEKS):
            day = (now - timedelta(weeks=week, days=practice.pk % 7)).date()
            if day < practice.first_published_at.date():
                break
            number = WEEKLY_READERS[(week + practice.pk) % len(WEEKLY_READERS)]
            country = READERS_FROM[(week * 3 + practice.pk) % len(READERS_FROM)]
            rows.append(ReadCount(practice=practice, day=day, country=country, number=number))
    ReadCount.objects.bulk_create(rows)
