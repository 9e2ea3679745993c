"""Receivers of the published and unpublished signals."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from .finding.follower_tasks import tell_followers
from .models import Practice


def on_published(sender: type, instance: Practice, **kwargs: object) -> None:
    """Recount the original's adaptations, and notify followers of a new practice."""
    recount_adaptations(instance.adapted_from_id)
    # Republishing a changed practice notifies no one.
    if instance.first_published_at == instance.last_published_at:
        transaction.on_commit(partial(tell_followers.enqueue, instance.pk))


def on_unpublished(sender: type, instance: Practice, **kwargs: object) -> None:
    recount_adaptations(instance.adapted_from_id)


@transaction.atomic
def recount_adaptations(original_id: int | None) -> None:
    """Recount a practice's published adaptations. Idempotent; a no-op for None."""
    # Lock the original so that of two concurrent publications the second counts the first.
    if original_id is None or not Practice.objects.select_for_update().filter(pk=original_id).first():
        return
    number = Practice.objects.published().filter(adapted_from=original_id).count()
    Practice.objects.filter(pk=original_id).update(adaptations_count=number, changed_at=timezone.now())
