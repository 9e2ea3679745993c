"""Subscriptions to the comments on a practice. Its authors are always notified."""

from django.db import transaction
from django.utils.translation import gettext as _

from groups.practices.models import Practice

from ..errors import RefusedError
from ..models import PracticeSubscription


@transaction.atomic
def listen(*, practice: Practice, by) -> None:
    """Subscribe the person to new comments on the practice. Idempotent; raises RefusedError."""
    if not Practice.objects.visible_to(by).published().filter(pk=practice.pk).exists():
        raise RefusedError(_("You can only follow discussions you can read."))
    PracticeSubscription.objects.get_or_create(practice=practice, user=by)


@transaction.atomic
def stop_listening(*, practice: Practice, by) -> None:
    """Unsubscribe the person. Idempotent."""
    PracticeSubscription.objects.filter(practice=practice, user=by).delete()


def listens(practice: Practice, user) -> bool:
    return PracticeSubscription.objects.filter(practice=practice, user=user).exists()
