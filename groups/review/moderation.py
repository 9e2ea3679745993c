"""Deciding on a practice: what is submitted, by the rules of ModerationTask, where Wagtail's buttons lead as well; and
what is published and has to go, because a consent was withdrawn, for example."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import TaskState

from community.access import Audience, moderates

from ..errors import RefusedError
from ..models import Practice
from .announcements import announce_taken_down

TAKEN_DOWN = "groups.take_down"


def _waiting(practice: Practice) -> TaskState:
    state = practice.current_workflow_task_state
    if state is None:
        raise RefusedError(_("This practice does not wait for a decision."))
    return state


def approve(*, practice: Practice, by, make_public: bool = False, comment: str = "") -> Practice:
    """Publish what was submitted and tell the author; visitors may read it when the school wished so and
    `make_public` agrees. Raises RefusedError, also when somebody else decided first."""
    state = _waiting(practice)
    state.task.specific.on_action(state, by, "approve", comment=comment, make_public=make_public)
    return Practice.objects.get(pk=practice.pk)


def send_back(*, practice: Practice, by, reason: str) -> Practice:
    """Return what was submitted to its author with a reason they can act on. Raises RefusedError."""
    state = _waiting(practice)
    state.task.specific.on_action(state, by, "reject", comment=reason)
    return Practice.objects.get(pk=practice.pk)


@transaction.atomic
def take_down(*, practice: Practice, by, reason: str) -> Practice:
    """Take a published practice off the site at once and tell its author why; they may change and submit it again.

    It comes back for members only, until a moderator lets visitors read it anew. Raises RefusedError without a reason,
    for a practice that is not published, and for people who do not moderate the school's country.
    """
    row = Practice.objects.select_for_update().get(pk=practice.pk)
    reason = reason.strip()
    if not moderates(by, row.school.country.code):
        raise RefusedError(_("You do not moderate this school’s practices."))
    if not row.live:
        raise RefusedError(_("This practice is not on the site."))
    if not reason:
        raise RefusedError(_("Tell the author why it is taken off the site."))
    row.audience = Audience.MEMBERS
    row.unpublish(user=by, log_action=False)
    entry = log(instance=row, action=TAKEN_DOWN, user=by, data={"reason": reason})
    announce_taken_down(row, reason, key=str(entry.pk))
    return row
