"""Subscriptions to the comments in a place. Its authors hear of them without one."""

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from community.models import User

from ..errors import RefusedError
from ..models import Subscription
from ..places import kind_of


@transaction.atomic
def subscribe(*, place: Model, by: User) -> None:
    """Subscribe the person to new comments in the place. Idempotent; raises RefusedError."""
    kind = kind_of(place)
    if not kind.visible_to(by).filter(pk=place.pk).exists():
        raise RefusedError(_("You can only follow discussions you can read."))
    Subscription.objects.get_or_create(place_type=kind.content_type, place_id=place.pk, user=by)


@transaction.atomic
def unsubscribe(*, place: Model, by: User) -> None:
    """Unsubscribe the person. Idempotent."""
    Subscription.objects.in_place(place).filter(user=by).delete()


def is_subscribed(place: Model, user: User) -> bool:
    return Subscription.objects.in_place(place).filter(user=user).exists()
