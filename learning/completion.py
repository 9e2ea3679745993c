"""Marking a resource as done, and undoing that."""

from django.utils.translation import gettext as _

from community.access import is_member, may_see

from .errors import LearningError
from .models import Completion, ResourcePage


def mark_done(*, page: ResourcePage, by) -> Completion:
    """Record that the person completed the resource, with its current title and minutes. Idempotent.

    Members in the grace period may do this too: they can read, and what they learn is their own. Raises LearningError
    for everyone else.
    """
    if not is_member(by):
        raise LearningError(_("You need to be a member of a labelled school to keep a learning record."))
    if not page.live or not may_see(by, page.audience):
        raise LearningError(_("We can’t find this resource."))
    today = {"title": page.title, "language": page.language, "minutes": page.minutes}
    completion, _new = Completion.objects.get_or_create(user=by, page=page, defaults=today)
    return completion


def mark_undone(*, page: ResourcePage, by) -> None:
    """Delete the person's own completion. Idempotent."""
    Completion.objects.of(by).filter(page=page).delete()
