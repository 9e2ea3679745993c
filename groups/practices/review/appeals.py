"""Appeal once against a declined practice."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from ..errors import IncompleteError, RefusedError
from ..models import Appeal, Outcome, Practice, ReviewRound

APPEALED = "groups.appeal"
NOTHING_TO_APPEAL = gettext_lazy(
    "There’s nothing to appeal against, or you’ve already appealed. You can only appeal once."
)


def round_to_appeal(practice: Practice) -> ReviewRound | None:
    """Return the round that can still be appealed: declined, not itself an appeal, with nothing submitted since.
    None if there is none."""
    last = practice.rounds.select_related("task_state").order_by("-pk").first()
    if last is None or last.outcome != Outcome.DECLINE or last.appeal_id or practice.current_workflow_state:
        return None
    return None if Appeal.objects.filter(declined=last).exists() else last


@transaction.atomic
def appeal(*, practice: Practice, by, text: str) -> None:
    """Send a declined practice to a reviewer who had no part in the decision.

    Raises RefusedError for a second appeal, for non-authors and without a text, IncompleteError if fields are missing.
    """
    row = Practice.objects.select_for_update().get(pk=practice.pk)
    refusal = row.refusal_to_edit(by)
    if refusal:
        raise RefusedError(refusal)
    declined = round_to_appeal(row)
    if declined is None:
        raise RefusedError(NOTHING_TO_APPEAL)
    if not text.strip():
        raise RefusedError(_("Explain why someone else should look at it again."))
    missing = row.get_latest_revision_as_object().missing()
    if missing:
        raise IncompleteError(_("Something is still missing, so a reviewer can’t look at it again yet."), missing)
    Appeal.objects.create(declined=declined, text=text.strip(), made_by=by)
    log(instance=row, action=APPEALED, user=by)
    row.get_workflow().start(row, by)
