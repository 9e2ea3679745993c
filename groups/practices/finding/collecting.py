"""Verbs on collections of practices."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from community.access import acts_for, is_moderator
from community.models import School

from ..errors import PracticesError, RefusedError
from ..models import Collection, CollectionEntry, Practice
from ..models.collections import Kind

MOST_COLLECTIONS = 100
MOST_ENTRIES = 200


def refusal_to_collect(user, kind: str, school: School | None) -> str:
    """Return the reason the person may not create such a collection; empty if they may."""
    if kind == Kind.SCHOOL and (school is None or not acts_for(user, school)):
        return _("Choose a school you write for.")
    if kind == Kind.CURATED and not is_moderator(user):
        return _("These collections are put together by moderators.")
    return ""


@transaction.atomic
def begin(*, kind: str, title: str, by, description: str = "", school: School | None = None) -> Collection:
    """Create an empty collection. Raises RefusedError, or PracticesError if the person has too many."""
    refusal = refusal_to_collect(by, kind, school)
    if refusal:
        raise RefusedError(refusal)
    if Collection.objects.filter(owner=by).count() >= MOST_COLLECTIONS:
        raise PracticesError(
            _("You can have up to %(number)d collections. Delete one first.") % {"number": MOST_COLLECTIONS}
        )
    return Collection.objects.create(
        kind=kind, title=title, description=description, owner=by, school=school if kind == Kind.SCHOOL else None
    )


def _locked(collection: Collection, by) -> Collection:
    """Lock the collection to serialise changes. Raises RefusedError."""
    row = Collection.objects.changed_by(by).select_for_update().filter(pk=collection.pk).first()
    if row is None:
        raise RefusedError(_("You can read this collection, but you can’t change it."))
    return row


@transaction.atomic
def rename(*, collection: Collection, title: str, description: str, by) -> None:
    """Change the title and description. Raises RefusedError."""
    row = _locked(collection, by)
    row.title, row.description = title, description
    row.save(update_fields=["title", "description"])


@transaction.atomic
def delete(*, collection: Collection, by) -> None:
    """Delete the collection but not its practices. Raises RefusedError."""
    _locked(collection, by).delete()


@transaction.atomic
def add(*, practice: Practice, collection: Collection, by) -> None:
    """Append a practice. Idempotent. Raises RefusedError, or PracticesError if the collection is full."""
    row = _locked(collection, by)
    if not Practice.objects.visible_to(by).published().filter(pk=practice.pk).exists():
        raise RefusedError(_("You can only add practices you can read."))
    if row.entries.filter(practice=practice).exists():
        return
    if row.entries.count() >= MOST_ENTRIES:
        raise PracticesError(_("A collection can have up to %(number)d practices.") % {"number": MOST_ENTRIES})
    last = row.entries.aggregate(last=Max("position"))["last"] or 0
    row.entries.create(practice=practice, position=last + 1)


@transaction.atomic
def take_out(*, practice: Practice, collection: Collection, by) -> None:
    """Remove a practice. Idempotent; raises RefusedError."""
    _locked(collection, by).entries.filter(practice=practice).delete()


@transaction.atomic
def move(*, practice: Practice, collection: Collection, by, up: bool) -> None:
    """Swap a practice with the neighbour the person sees; a no-op at the ends. Raises RefusedError."""
    row = _locked(collection, by)
    entries = list(CollectionEntry.objects.visible_to(by).filter(collection=row))
    places = [index for index, entry in enumerate(entries) if entry.practice_id == practice.pk]
    other = (places[0] + (-1 if up else 1)) if places else -1
    if 0 <= other < len(entries):
        one, two = entries[places[0]], entries[other]
        one.position, two.position = two.position, one.position
        CollectionEntry.objects.bulk_update([one, two], ["position"])
