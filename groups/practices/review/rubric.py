"""The versioned review criteria, which moderators can revise. None is official."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from ..models import Criterion, Rubric
from .first_rubric import FIRST

REVISED = "groups.revise_rubric"
NOT_OFFICIAL = _("These criteria are our community’s own, not official label criteria.")
WORDS = ["title_en", "title_tr", "guidance_en", "guidance_tr", "weight"]


def current_rubric() -> Rubric:
    """Return the version new reviews use, with its `criteria` prefetched; two queries."""
    return Rubric.objects.prefetch_related("criteria").latest("number")


@transaction.atomic
def ensure_rubric() -> Rubric:
    """Create the first version if it is missing. Idempotent."""
    rubric, new = Rubric.objects.get_or_create(number=1)
    if new:
        Criterion.objects.bulk_create(
            Criterion(rubric=rubric, sort_order=order, **words) for order, words in enumerate(FIRST)
        )
    return rubric


@transaction.atomic
def revise(*, criteria: list[Criterion], by) -> Rubric:
    """Create a new current version with copies of the criteria. Open rounds keep theirs.

    Unchanged criteria in the same order create no new version.
    """
    current = Rubric.objects.select_for_update().latest("number")
    before, after = ([_words(row) for row in rows] for rows in (current.criteria.order_by("sort_order"), criteria))
    if before == after:
        return current
    rubric = Rubric.objects.create(number=current.number + 1, created_by=by)
    Criterion.objects.bulk_create(
        Criterion(rubric=rubric, sort_order=order, **words) for order, words in enumerate(after)
    )
    log(instance=rubric, action=REVISED, user=by, data={"number": rubric.number})
    return rubric


def _words(criterion: Criterion) -> dict[str, object]:
    return {name: getattr(criterion, name) for name in WORDS}
