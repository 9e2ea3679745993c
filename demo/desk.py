"""The moderators' desk: reports, feedback, expiring consents, and the settled items of past weeks."""

from datetime import datetime, timedelta

from django.db.models import Q

from community.models import Sanction, User
from community.sanctions import warn
from content.uploads import store_image
from directory.models import ProfileItem
from groups.discussions.models import Comment
from groups.practices.models import Practice, PracticeImage
from home.feedback.giving import give_feedback, settle
from home.models import Feedback
from moderation.models import Report
from moderation.reports.settling import report

from . import texts
from .covers import draw_cover


def seed_desk(now: datetime) -> None:
    """Create open items of every kind, and settled ones over the last twelve weeks."""
    data = texts.tables("desk.toml")
    people = {person.email: person for person in User.objects.all()}
    central = User.objects.filter(moderated_organisations__kind="central").order_by("pk").first()
    _settled(data["settled"], central, now)
    for row in data["report"]:
        comment = Comment.objects.get(text__startswith=row["comment"])
        filed = report(kind="comment", about_id=comment.pk, by=people[row["who"]], reason=row["reason"])
        Report.objects.filter(pk=filed.pk).update(created_at=now - timedelta(days=row["days_ago"]))
    for row in data["feedback"]:
        words = {name: row.get(name, "") for name in ("message", "page", "email", "language")}
        _feedback(words, now - timedelta(days=row["days_ago"]))
    for row in data["picture"]:
        _picture(row, now)
    for row in data["warning"]:
        warning = warn(person=people[row["who"]], by=people[row["by"]], reason=row["reason"])
        Sanction.objects.filter(pk=warning.pk).update(given_at=now - timedelta(days=20))
    _spread_items(now)


def _feedback(words: dict, then: datetime) -> Feedback:
    # Feedback may come from a visitor.
    given = give_feedback(by=_Visitor(), **words)
    Feedback.objects.filter(pk=given.pk).update(created_at=then)
    return given


class _Visitor:
    is_authenticated = False


def _picture(row: dict, now: datetime) -> None:
    practice = Practice.objects.get(title=row["practice"])
    PracticeImage.objects.create(
        practice=practice,
        image=store_image(file=draw_cover(row["alt"]), title=row["alt"], by=practice.author),
        alt=row["alt"],
        shows_pupils=True,
        consent_holder=row["holder"],
        consent_until=now.date() + timedelta(days=row["ends_in"]),
    )


def _settled(rows: list[dict], central: User, now: datetime) -> None:
    comments = list(Comment.objects.exclude(Q(author=None) | Q(school=None)).select_related("school").order_by("pk"))
    reporters = list(User.objects.filter(memberships__isnull=False).distinct().order_by("pk"))
    for row in rows:
        for number, (days_ago, hours) in enumerate(row["items"]):
            came = now - timedelta(days=days_ago)
            settled = came + timedelta(hours=hours)
            if row["kind"] == "report":
                comment = comments[number % len(comments)]
                Report.objects.create(
                    kind="comment",
                    about_id=comment.pk,
                    country=comment.school.country.code,
                    reporter=reporters[number],
                    reason="…",
                    created_at=came,
                    settled_at=settled,
                    settled_by=central,
                    outcome=Report.Outcome.KEPT,
                )
            else:
                given = _feedback({"message": "…", "page": "/en/", "email": "", "language": "en"}, came)
                settle(given, answer="Mended.", by=central)
                Feedback.objects.filter(pk=given.pk).update(settled_at=settled)


def _spread_items(now: datetime) -> None:
    """Spread the dates of school page items, which were all created within the same minute."""
    for number, item in enumerate(ProfileItem.objects.order_by("pk")):
        offered = now - timedelta(days=1 + number * 5 % 11 if item.is_waiting else 8 + number * 7 % 70)
        decided = offered + timedelta(hours=14 + number * 11 % 90) if item.decided_at else None
        ProfileItem.objects.filter(pk=item.pk).update(offered_at=offered, decided_at=decided)
