"""Marking a resource as done, and taking the mark back."""

from django.utils.translation import gettext as _

from community.access import is_member, may_see

from .errors import LearningError
from .models import Completion, ResourcePage


def mark_done(*, page: ResourcePage, by) -> Completion:
    """Note that the person did the resource, with its title and minutes of today; repeating changes nothing.

    Members in grace may: they read, and what they learn is theirs. Raises LearningError for everybody else.
    """
    if not is_member(by):
        raise LearningError(
            _("Members of labelled schools keep a record of what they did; you are not one at present.")
        )
    if not page.live or not may_see(by, page.audience):
        raise LearningError(_("There is no such resource."))
    today = {"title": page.title, "language": page.language, "minutes": page.minutes}
    completion, _new = Completion.objects.get_or_create(user=by, page=page, defaults=today)
    return completion


def mark_undone(*, page: ResourcePage, by) -> None:
    """Take the person's own mark back; repeating changes nothing."""
    Completion.objects.of(by).filter(page=page).delete()
