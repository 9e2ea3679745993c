"""Listening to what is said under a practice. Its authors hear of it anyway."""

from django.db import transaction
from django.utils.translation import gettext as _

from groups.practices.models import Practice

from ..errors import RefusedError
from ..models import PracticeSubscription


@transaction.atomic
def listen(*, practice: Practice, by) -> None:
    """Let the person hear of what others write under it. Repeating is harmless; raises RefusedError."""
    if not Practice.objects.visible_to(by).published().filter(pk=practice.pk).exists():
        raise RefusedError(_("You can listen to what you can read."))
    PracticeSubscription.objects.get_or_create(practice=practice, user=by)


@transaction.atomic
def stop_listening(*, practice: Practice, by) -> None:
    """Let the person hear no more of it. Repeating is harmless."""
    PracticeSubscription.objects.filter(practice=practice, user=by).delete()


def listens(practice: Practice, user) -> bool:
    return PracticeSubscription.objects.filter(practice=practice, user=user).exists()
