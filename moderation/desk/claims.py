"""Claims: a moderator reserves an item for two hours, so that no one else reviews it at the same time."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..errors import ModerationError
from ..models import Claim

HOURS = 2


@transaction.atomic
def take(*, kind: str, item: int, by, over: bool = False) -> Claim:
    """Claim the item, or extend the claim by two hours.

    `over` takes the claim from another holder. Without it, their claim raises ModerationError.
    """
    now = timezone.now()
    period = {"holder": by, "taken_at": now, "until": now + timedelta(hours=HOURS)}
    of_item = Claim.objects.filter(kind=kind, item=item)
    free = of_item if over else of_item.filter(Q(holder=by) | Q(until__lte=now))
    if not free.update(**period):
        # The unique constraint is the lock: of two simultaneous claims, one is created and the other finds it.
        found, new = Claim.objects.get_or_create(kind=kind, item=item, defaults=period)
        if not new:
            raise ModerationError(_("%(name)s has just taken this on.") % {"name": found.holder})
        return found
    return of_item.get()


def leave(*, kind: str, item: int, by) -> None:
    """Release the claim. Idempotent; leaves other moderators' claims alone."""
    Claim.objects.filter(kind=kind, item=item, holder=by).delete()


def forget(*, kind: str, item: int) -> None:
    """Delete any claim on a settled item."""
    Claim.objects.filter(kind=kind, item=item).delete()


def claim_of(kind: str, item: int) -> Claim | None:
    """Return the item's active claim, or None."""
    return Claim.objects.running().filter(kind=kind, item=item).select_related("holder").first()


def claims_of(things: list[tuple[str, int]]) -> dict[tuple[str, int], Claim]:
    """Return the active claims on many items, in one query."""
    wanted = Q(pk__in=[])
    for kind in {kind for kind, _item in things}:
        wanted |= Q(kind=kind, item__in=[item for of_kind, item in things if of_kind == kind])
    running = Claim.objects.running().filter(wanted).select_related("holder")
    return {(claim.kind, claim.item): claim for claim in running}
