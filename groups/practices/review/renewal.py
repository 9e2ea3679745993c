"""Confirm published practices every two years."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from community.access import access_of

from ..errors import RefusedError
from ..models import Practice
from .announcements import for_the_author, tell
from .deciding import true_until

CONFIRMED = "groups.still_true"


@transaction.atomic
def still_true(*, practice: Practice, by) -> Practice:
    """Confirm a published practice for two more years. Idempotent; raises RefusedError."""
    row = Practice.objects.select_for_update().get(pk=practice.pk)
    if row.written_for(by) is None:
        raise RefusedError(_("Only the authors can confirm it."))
    if row.written_for(by) not in access_of(by).contributing_school_ids:
        raise RefusedError(_("You don’t write for this school at the moment."))
    if not row.live:
        raise RefusedError(_("This practice isn’t on the site."))
    if row.review_by != true_until():
        row.review_by = true_until()
        row.save(update_fields=["review_by"])
        log(instance=row, action=CONFIRMED, user=by)
    return row


def ask_whether_still_true() -> int:
    """Ask the authors of stale practices to confirm them, once per review date. Return their number. Idempotent."""
    stale = Practice.objects.stale().select_related("school", "author")
    for practice in stale:
        key = f"{practice.pk}:{practice.review_by}"
        tell(practice.authors(), "practice_stale", practice, for_the_author(practice), key)
    return len(stale)
