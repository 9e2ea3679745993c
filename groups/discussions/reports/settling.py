"""Members report what does not belong here; moderators look at it and settle it."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from community.access import access_of, moderates

from ..comments.telling import tell_reported
from ..errors import DiscussionsError, RefusedError
from ..models import Report
from .reported import MODELS

KEPT = "groups.keep_reported"


def reportable(kind: str, user) -> QuerySet:
    """What of this kind the person may read, and with that report. KeyError for a kind that there is not."""
    return MODELS[kind].objects.visible_to(user).select_related("school", "author")


@transaction.atomic
def report(*, kind: str, about_id: int, by, reason: str) -> Report:
    """Tell the moderators of something, who hear of each thing once. Once per person and thing: again is a no-op.

    Raises RefusedError for what the person cannot read or wrote themselves, DiscussionsError without a reason.
    """
    thing = reportable(kind, by).filter(pk=about_id).first()
    if thing is None:
        raise RefusedError(_("You can report what you can read."))
    if thing.author_id == by.pk:
        raise RefusedError(_("You wrote this yourself: you can change or withdraw it."))
    if not reason.strip():
        raise DiscussionsError(_("Say in a sentence what is wrong with it."))
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
    """What waits for this moderator, the oldest first: never a report of their own words, which another decides.
    Nothing for who moderates nothing."""
    if not access_of(user).is_moderator:
        return Report.objects.none()
    own = Q()
    for kind, model in MODELS.items():
        own |= Q(kind=kind, about_id__in=model.objects.filter(author=user).values("pk"))
    return Report.objects.unsettled().in_countries_of(user).exclude(own).select_related("reporter")


@transaction.atomic
def keep(*, report: Report, by) -> None:
    """Settle every report of the same thing: it stays as it is. Repeating is harmless.

    Raises RefusedError for people who do not moderate its country, and for who wrote it.
    """
    if not moderates(by, report.country):
        raise RefusedError(_("You do not moderate this school’s country."))
    thing = MODELS[report.kind].objects.filter(pk=report.about_id).first()
    if thing and thing.author_id == by.pk:
        raise RefusedError(_("You wrote this yourself: another moderator decides about it."))
    settled = _settle(report.kind, report.about_id, by, Report.Outcome.KEPT)
    if settled and thing:
        log(instance=thing, action=KEPT, user=by)


def settle_hidden(kind: str, about_id: int, by) -> None:
    """Settle every report of a thing that has just been hidden."""
    _settle(kind, about_id, by, Report.Outcome.HIDDEN)


def _settle(kind: str, about_id: int, by, outcome: str) -> int:
    rows = Report.objects.unsettled().filter(kind=kind, about_id=about_id)
    return rows.update(settled_at=timezone.now(), settled_by=by, outcome=outcome)
