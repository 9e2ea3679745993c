"""Hide and restore whatever rooms registered as reportable, as a moderator."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from community.access import moderates
from community.models import User
from notifications.delivery import notify

from ..errors import ModerationError, RefusedError
from ..models import Hideable, Report
from ..reportable import Reportable, reportable_of


def check_moderates(by: User, country: str) -> None:
    """Raise RefusedError if the person doesn't moderate the country."""
    if not moderates(by, country):
        raise RefusedError(_("You don’t moderate this school’s country."))


@transaction.atomic
def hide(*, thing: Hideable, by: User, reason: str) -> None:
    """Hide the thing, tell its author why and settle the reports about it. Idempotent.

    Raises RefusedError for people who don't moderate its country, ModerationError without a reason.
    """
    kind = reportable_of(thing)
    row = kind.lock(thing)
    check_moderates(by, row.country)
    if not reason.strip():
        raise ModerationError(_("Tell the author why it has been hidden."))
    if row.live:
        _show(kind, row, live=False, reason=reason.strip())
        entry = log(instance=row, action=kind.hide_action, user=by, data={"reason": row.hidden_reason})
        _tell_author(kind, row, entry)
    Report.objects.about(kind.key, row.pk).settle(by=by, outcome=Report.Outcome.HIDDEN)


@transaction.atomic
def restore(*, thing: Hideable, by: User) -> None:
    """Show the thing again if a moderator has hidden it. Idempotent; raises RefusedError."""
    kind = reportable_of(thing)
    row = kind.lock(thing)
    check_moderates(by, row.country)
    if row.is_hidden_by_moderator:
        _show(kind, row, live=True)
        log(instance=row, action=kind.restore_action, user=by)


def _show(kind: Reportable, row: Hideable, *, live: bool, reason: str = "") -> None:
    row.live, row.hidden_reason = live, reason
    # Saving would also rewrite the children of a clusterable model.
    kind.model._default_manager.filter(pk=row.pk).update(live=live, hidden_reason=reason)
    kind.recount(row)


def _tell_author(kind: Reportable, row: Hideable, entry: ModelLogEntry) -> None:
    if row.author is None or not row.author.is_active:
        return
    told = kind.message_to_author(row)
    notify(
        recipients=[row.author],
        message=told.message,
        context=told.context,
        url=told.url,
        key=f"hidden:{entry.pk}",
        about=told.about,
    )
