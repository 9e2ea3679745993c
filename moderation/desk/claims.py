"""“I am at it”: a moderator takes something for two hours, so that nobody else does the same work meanwhile."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..errors import DeskError
from ..models import Claim

HOURS = 2


@transaction.atomic
def take(*, kind: str, item: int, by, over: bool = False) -> Claim:
    """Take it, or keep it for two hours more; `over` takes it also from who has it. Raises DeskError otherwise."""
    now = timezone.now()
    period = {"holder": by, "taken_at": now, "until": now + timedelta(hours=HOURS)}
    of_item = Claim.objects.filter(kind=kind, item=item)
    free = of_item if over else of_item.filter(Q(holder=by) | Q(until__lte=now))
    if not free.update(**period):
        # The unique row is the lock: of two who take it at once, one gets the other's.
        found, new = Claim.objects.get_or_create(kind=kind, item=item, defaults=period)
        if not new:
            raise DeskError(_("%(name)s has just taken it.") % {"name": found.holder})
        return found
    return of_item.get()


def leave(*, kind: str, item: int, by) -> None:
    """Give it back. Repeating is harmless; others' claims stay."""
    Claim.objects.filter(kind=kind, item=item, holder=by).delete()


def forget(*, kind: str, item: int) -> None:
    """It is settled: nobody is at it any more."""
    Claim.objects.filter(kind=kind, item=item).delete()


def claim_of(kind: str, item: int) -> Claim | None:
    """Who is at it now."""
    return Claim.objects.running().filter(kind=kind, item=item).select_related("holder").first()


def claims_of(things: list[tuple[str, int]]) -> dict[tuple[str, int], Claim]:
    """The same for many, in one query."""
    wanted = Q(pk__in=[])
    for kind in {kind for kind, _item in things}:
        wanted |= Q(kind=kind, item__in=[item for of_kind, item in things if of_kind == kind])
    running = Claim.objects.running().filter(wanted).select_related("holder")
    return {(claim.kind, claim.item): claim for claim in running}
