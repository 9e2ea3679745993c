"""Hide and restore comments and topics, as a moderator."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from community.access import moderates
from groups.discussions.comments.commenting import count, locked_row
from groups.discussions.comments.telling import tell_hidden
from groups.discussions.errors import DiscussionsError, RefusedError
from groups.discussions.models import Comment, Topic

from ..models import Report
from ..reports.settling import settle_hidden

HIDDEN = "groups.hide_words"
RESTORED = "groups.restore_words"


@transaction.atomic
def hide(*, thing: Comment | Topic, by, reason: str) -> None:
    """Hide a comment or topic, tell its author why and settle the reports about it. Idempotent.

    Raises RefusedError for people who don't moderate its country, DiscussionsError without a reason.
    """
    row = _locked(thing, by)
    if not reason.strip():
        raise DiscussionsError(_("Tell the author why it has been hidden."))
    if row.live:
        _show(row, live=False, reason=reason.strip())
        entry = log(instance=row, action=HIDDEN, user=by, data={"reason": row.hidden_reason})
        tell_hidden(row, row.hidden_reason, key=str(entry.pk))
    settle_hidden(Report.Kind.TOPIC if isinstance(row, Topic) else Report.Kind.COMMENT, row.pk, by)


@transaction.atomic
def restore(*, thing: Comment | Topic, by) -> None:
    """Show a hidden comment or topic again. Idempotent; raises RefusedError."""
    row = _locked(thing, by)
    if not row.live:
        _show(row, live=True)
        log(instance=row, action=RESTORED, user=by)


def _locked(thing: Comment | Topic, by) -> Comment | Topic:
    """Lock the row, and the parent whose counters change. Raises RefusedError."""
    if isinstance(thing, Comment):
        locked_row(thing)
    row = type(thing).objects.select_for_update().get(pk=thing.pk)
    if not moderates(by, row.country):
        raise RefusedError(_("You don’t moderate this school’s country."))
    return row


def _show(row: Comment | Topic, *, live: bool, reason: str = "") -> None:
    row.live, row.hidden_reason = live, reason
    row.save(update_fields=["live", "hidden_reason"])
    if isinstance(row, Comment):
        count(row.place)
