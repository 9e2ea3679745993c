"""Deciding on a submitted practice. The rules are in ModerationTask, where Wagtail's buttons lead as well."""

from django.utils.translation import gettext as _
from wagtail.models import TaskState

from .errors import RefusedError
from .models import Practice


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
