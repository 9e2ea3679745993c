"""Take a published practice down, for example because a consent was withdrawn."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from community.access import Audience, moderates
from community.models import User
from moderation.people.history import logged, trace_of
from moderation.waiting import Trace

from ..errors import RefusedError
from ..models import Practice
from .announcements import announce_taken_down

TAKEN_DOWN = "groups.take_down"


@transaction.atomic
def take_down(*, practice: Practice, by: User, reason: str) -> Practice:
    """Unpublish a practice at once and tell its authors why. They may edit and resubmit it.

    Its audience is reset to members until a moderator makes it public again. Raises RefusedError without a reason,
    for a practice that isn't published, and for people who don't moderate the school's country.
    """
    row = Practice.objects.select_for_update().get(pk=practice.pk)
    reason = reason.strip()
    if not moderates(by, row.school.country.code):
        raise RefusedError(_("You don’t moderate this school’s practices."))
    if not row.live:
        raise RefusedError(_("This practice isn’t on the site."))
    if not reason:
        raise RefusedError(_("Tell the author why you’re removing it from the site."))
    row.audience = Audience.MEMBERS
    row.unpublish(user=by, log_action=False)
    entry = log(instance=row, action=TAKEN_DOWN, user=by, data={"reason": reason})
    announce_taken_down(row, reason, key=str(entry.pk))
    return row


def history_of_taken_down(moderator: User, person: User) -> list[Trace]:
    """List the person's practices that were taken down, from schools in the moderator's countries; one query."""
    return [trace_of(entry) for entry in logged(moderator, Practice.objects.filter(author=person), [TAKEN_DOWN])]
