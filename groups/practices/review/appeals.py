"""Asking once for another look at a practice that was declined."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from ..errors import IncompleteError, RefusedError
from ..models import Appeal, Outcome, Practice, ReviewRound

APPEALED = "groups.appeal"
NOTHING_TO_APPEAL = gettext_lazy(
    "There is nothing to appeal against, or you have asked already: one appeal is possible."
)


def round_to_appeal(practice: Practice) -> ReviewRound | None:
    """The decision that its author can still appeal against: it was declined, not itself after an appeal, and nothing
    was submitted since."""
    last = practice.rounds.select_related("task_state").order_by("-pk").first()
    if last is None or last.outcome != Outcome.DECLINE or last.appeal_id or practice.current_workflow_state:
        return None
    return None if Appeal.objects.filter(declined=last).exists() else last


@transaction.atomic
def appeal(*, practice: Practice, by, text: str) -> None:
    """Give it to a reviewer who had no part in declining it. Once: raises RefusedError the second time."""
    row = Practice.objects.select_for_update().get(pk=practice.pk)
    refusal = row.refusal_to_edit(by)
    if refusal:
        raise RefusedError(refusal)
    declined = round_to_appeal(row)
    if declined is None:
        raise RefusedError(NOTHING_TO_APPEAL)
    if not text.strip():
        raise RefusedError(_("Say why somebody else should look at it again."))
    missing = row.get_latest_revision_as_object().missing()
    if missing:
        raise IncompleteError(_("Something is still missing before a reviewer can look at it again."), missing)
    Appeal.objects.create(declined=declined, text=text.strip(), made_by=by)
    log(instance=row, action=APPEALED, user=by)
    row.get_workflow().start(row, by)
