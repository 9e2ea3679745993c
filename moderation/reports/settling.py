"""Report contributions to the moderators, and settle the reports."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from community.access import access_of, moderates
from groups.discussions.comments.telling import tell_reported
from groups.discussions.errors import DiscussionsError, RefusedError

from ..models import Report
from ..reportable import MODELS

KEPT = "groups.keep_reported"


def reportable(kind: str, user) -> QuerySet:
    """Return the objects of this kind the person may read, and so report. Raises KeyError for an unknown kind."""
    return MODELS[kind].objects.visible_to(user).select_related("school", "author")


@transaction.atomic
def report(*, kind: str, about_id: int, by, reason: str) -> Report:
    """Report an object to the moderators, who are notified once per object. Idempotent per person and object.

    Raises RefusedError for unreadable objects and one's own, DiscussionsError without a reason.
    """
    thing = reportable(kind, by).filter(pk=about_id).first()
    if thing is None:
        raise RefusedError(_("You can only report things you can read."))
    if thing.author_id == by.pk:
        raise RefusedError(_("You wrote this yourself. You can edit or withdraw it."))
    if not reason.strip():
        raise DiscussionsError(_("Say in a sentence what’s wrong with it."))
    row, new = Report.objects.get_or_create(
        kind=kind,
        about_id=about_id,
        reporter=by,
        defaults={"reason": reason.strip(), "country": thing.school.country.code if thing.school else ""},
    )
    if new:
        tell_reported(row, thing)
    return row


def open_reports(user) -> QuerySet[Report]:
    """Return this moderator's open reports, oldest first, except those about their own contributions. Empty for
    non-moderators."""
    if not access_of(user).is_moderator:
        return Report.objects.none()
    own = Q()
    for kind, model in MODELS.items():
        own |= Q(kind=kind, about_id__in=model.objects.filter(author=user).values("pk"))
    return Report.objects.unsettled().in_countries_of(user).exclude(own).select_related("reporter")


@transaction.atomic
def keep(*, report: Report, by) -> None:
    """Settle every report about the same object without hiding it. Idempotent.

    Raises RefusedError for people who don't moderate its country, and for its author.
    """
    if not moderates(by, report.country):
        raise RefusedError(_("You don’t moderate this school’s country."))
    thing = MODELS[report.kind].objects.filter(pk=report.about_id).first()
    if thing and thing.author_id == by.pk:
        raise RefusedError(_("You wrote this yourself, so another moderator has to decide."))
    settled = _settle(report.kind, report.about_id, by, Report.Outcome.KEPT)
    if settled and thing:
        log(instance=thing, action=KEPT, user=by)


def settle_hidden(kind: str, about_id: int, by) -> None:
    """Settle every report about an object that has just been hidden."""
    _settle(kind, about_id, by, Report.Outcome.HIDDEN)


def _settle(kind: str, about_id: int, by, outcome: str) -> int:
    rows = Report.objects.unsettled().filter(kind=kind, about_id=about_id)
    return rows.update(settled_at=timezone.now(), settled_by=by, outcome=outcome)
