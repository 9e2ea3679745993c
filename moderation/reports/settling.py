"""Report something to the moderators, and settle the reports."""

from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from community.access import access_of
from community.models import User
from community.moderators import central_moderators, moderators_of
from notifications.delivery import notify

from ..errors import ModerationError, RefusedError
from ..hiding.hiding import check_moderates
from ..models import Hideable, Report
from ..reportable import Reportable, reportables
from ..waiting import address_on_desk

KEPT = "moderation.keep_reported"


def readable(kind: Reportable, user: User) -> QuerySet:
    """Return the things of this kind that the person may read, and so report."""
    return kind.model.objects.visible_to(user).select_related("school", "author")


@transaction.atomic
def report(*, kind: str, about_id: int, by: User, reason: str) -> Report:
    """Report a thing to the moderators, who are notified once per thing. Idempotent per person and thing.

    Raises RefusedError for unreadable things and one's own, ModerationError without a reason.
    """
    of_kind = reportables()[kind]
    thing = readable(of_kind, by).filter(pk=about_id).first()
    if thing is None:
        raise RefusedError(_("You can only report things you can read."))
    if thing.author_id == by.pk:
        raise RefusedError(_("You wrote this yourself. You can edit or withdraw it."))
    if not reason.strip():
        raise ModerationError(_("Say in a sentence what’s wrong with it."))
    row, new = Report.objects.get_or_create(
        kind=kind, about_id=about_id, reporter=by, defaults={"reason": reason.strip(), "country": thing.country}
    )
    if new:
        _tell_moderators(row, of_kind, thing)
    return row


def _tell_moderators(report: Report, kind: Reportable, thing: Hideable) -> None:
    """Notify the moderators of a report. Further reports about the same thing are silent until it is settled."""
    people = moderators_of(thing.school) if thing.school else central_moderators()
    notify(
        recipients=people.exclude(pk__in=[report.reporter_id, thing.author_id]),
        message="moderation/reported",
        context={"report": report, "kind": kind.label},
        url=partial(address_on_desk, "report", report.pk),
        key=f"reported:{report.kind}:{report.about_id}:{_times_settled(report)}",
        about=thing,
    )


def _times_settled(report: Report) -> int:
    """Count the times reports about this thing were settled, so that a later report notifies again."""
    settled = Report.objects.about(report.kind, report.about_id).exclude(settled_at=None)
    return settled.values("settled_at").distinct().count()


def open_reports(user: User) -> QuerySet[Report]:
    """Return this moderator's open reports, oldest first, except those about their own contributions. Empty for
    non-moderators."""
    if not access_of(user).is_moderator:
        return Report.objects.none()
    own = Q()
    for key, kind in reportables().items():
        own |= Q(kind=key, about_id__in=kind.model.objects.filter(author=user).values("pk"))
    return Report.objects.unsettled().in_countries_of(user).exclude(own).select_related("reporter")


@transaction.atomic
def keep(*, report: Report, by: User) -> None:
    """Settle every report about the same thing without hiding it. Idempotent.

    Raises RefusedError for people who don't moderate its country, and for its author.
    """
    check_moderates(by, report.country)
    kind = reportables().get(report.kind)
    thing = kind.model.objects.filter(pk=report.about_id).first() if kind else None
    if thing and thing.author_id == by.pk:
        raise RefusedError(_("You wrote this yourself, so another moderator has to decide."))
    settled = Report.objects.about(report.kind, report.about_id).settle(by=by, outcome=Report.Outcome.KEPT)
    if settled and thing:
        log(instance=thing, action=KEPT, user=by)
