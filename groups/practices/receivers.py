"""What follows from a publication, whoever published."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from .finding.follower_tasks import tell_followers
from .models import Practice


def on_published(sender: type, instance: Practice, **kwargs: object) -> None:
    """Count an adaptation with its original; tell followers of a practice that is new."""
    recount_adaptations(instance.adapted_from_id)
    # A change to a practice that was published before is no news.
    if instance.first_published_at == instance.last_published_at:
        transaction.on_commit(partial(tell_followers.enqueue, instance.pk))


def on_unpublished(sender: type, instance: Practice, **kwargs: object) -> None:
    recount_adaptations(instance.adapted_from_id)


@transaction.atomic
def recount_adaptations(original_id: int | None) -> None:
    """Set how many published adaptations a practice has; safe to repeat. Nothing for none."""
    # The row is the lock: of two adaptations published at once the second counts the first.
    if original_id is None or not Practice.objects.select_for_update().filter(pk=original_id).first():
        return
    number = Practice.objects.published().filter(adapted_from=original_id).count()
    Practice.objects.filter(pk=original_id).update(adaptations_count=number, changed_at=timezone.now())
