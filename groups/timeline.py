"""The way a practice took, for its author and for moderators."""

from django.utils.translation import gettext as _
from wagtail.models import TaskState

from .models import Practice


def way_of(practice: Practice) -> list[dict]:
    """The timeline of a practice: begun, submitted, sent back with the reason, published."""
    steps = [{"title": _("Begun"), "when": practice.created_at, "state": "done"}]
    states = TaskState.objects.for_instance(practice).order_by("started_at", "pk")
    for state in states:
        steps.append({"title": _("Submitted for review"), "when": state.started_at, "state": "done"})
        if state.status == TaskState.STATUS_IN_PROGRESS:
            steps.append({"title": _("Waits for a moderator"), "when": None, "state": "current"})
        else:
            steps.append(_ending(state))
    return steps


def _ending(state: TaskState) -> dict:
    title, kind = {
        TaskState.STATUS_APPROVED: (_("Published"), "done"),
        TaskState.STATUS_REJECTED: (_("Sent back"), "bad"),
    }.get(state.status, (_("Taken back by the author"), "todo"))
    return {"title": title, "when": state.finished_at, "state": kind, "text": state.comment}
