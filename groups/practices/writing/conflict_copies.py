"""Conflict copies: text that could not be saved, for its author to compare, restore or discard."""

from uuid import UUID, uuid4

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from community.models import User
from content.filters import uuid_of

from ..models import ConflictCopy, Practice
from .steps import Step

# More windows than anyone has open.
MOST_KEPT = 20


@transaction.atomic
def keep_copy(*, practice: Practice, by: User, window: UUID, step: str, body: str) -> ConflictCopy:
    """Store the posted form as the person's conflict copy. A repeat from the same form replaces it; only the latest
    MOST_KEPT per person and practice are kept."""
    own = ConflictCopy.objects.filter(practice=practice, person=by)
    copy, new = own.update_or_create(
        practice=practice, person=by, window=window, step=step, defaults={"body": body, "kept_at": timezone.now()}
    )
    if new:
        # A client that invents window ids could otherwise fill the disk, one maximum-size request at a time.
        own.filter(pk__in=list(own.order_by("-kept_at", "-pk").values_list("pk", flat=True)[MOST_KEPT:])).delete()
    return copy


def keep_posted_copy(*, practice: Practice, by: User, step: Step, posted: QueryDict) -> ConflictCopy:
    """Store a posted form, without files, as a conflict copy."""
    data = posted.copy()
    data.pop("csrfmiddlewaretoken", None)
    window = uuid_of(data.get("window")) or uuid4()
    return keep_copy(practice=practice, by=by, window=window, step=step.key, body=data.urlencode())


def restored_copy(*, practice: Practice, by: User, step: Step, key: int | None) -> QueryDict | None:
    """Return the person's conflict copy of this step as form data, with the practice's current version."""
    if practice.pk is None:
        return None
    copy = practice.conflict_copies.filter(person=by, step=step.key, pk=key).first()
    if copy is None:
        return None
    data = QueryDict(copy.body).copy()
    data["version"], data["window"], data["words"] = str(practice.version), str(uuid4()), str(copy.pk)
    return data


def discard_copy(*, practice: Practice, by: User, key: int | None) -> None:
    """Delete one's own conflict copy. Idempotent."""
    if key is not None:
        practice.conflict_copies.filter(person=by, pk=key).delete()
