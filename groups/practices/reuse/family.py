"""The family tree of a practice: its originals and adaptations."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection
from django.db.models.expressions import RawSQL

from ..models import Practice
from ..models.querysets import PracticeQuerySet

# UNION, not UNION ALL, so that a cycle, which no verb creates, would terminate.
_FAMILY = """
WITH RECURSIVE
    up (id, parent) AS (
        SELECT id, adapted_from_id FROM practices_practice WHERE id = %s
        UNION
        SELECT practice.id, practice.adapted_from_id
        FROM practices_practice AS practice JOIN up ON practice.id = up.parent
    ),
    down (id, parent) AS (
        SELECT id, parent FROM up WHERE parent IS NULL
        UNION
        SELECT practice.id, practice.adapted_from_id
        FROM practices_practice AS practice JOIN down ON practice.adapted_from_id = down.id
    )
SELECT id, parent FROM down
"""

_BELOW = """
WITH RECURSIVE down (id) AS (
    SELECT id FROM practices_practice WHERE adapted_from_id = %s
    UNION
    SELECT practice.id FROM practices_practice AS practice JOIN down ON practice.adapted_from_id = down.id
)
SELECT id FROM down
"""


def made_of(practice: Practice, user) -> PracticeQuerySet:
    """Return all direct and indirect adaptations the person may see."""
    # Constant SQL with one parameter.
    below = RawSQL(_BELOW, [practice.pk])  # noqa: S611
    return Practice.objects.visible_to(user).published().filter(pk__in=below)


@dataclass
class Member:
    """A visible practice of the family, with its adaptations."""

    practice: Practice
    # True if ancestors between it and its parent here are hidden from the reader.
    is_indirect: bool = False
    is_asked: bool = False
    children: list["Member"] = field(default_factory=list)

    def __iter__(self) -> Iterator["Member"]:
        """Iterate over itself and all descendants."""
        yield self
        for child in self.children:
            yield from child


def family_of(practice: Practice, user) -> list[Member]:
    """Return the family trees of the practice, as visible to the person; two queries.

    Hidden practices are left out, and their adaptations move up to the nearest visible ancestor. If the root is
    hidden, there can be several trees.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FAMILY, [practice.pk])
        parents = dict(cursor.fetchall())
    shown = Practice.objects.visible_to(user).published().filter(pk__in=parents).select_related("school")
    members = {
        row.pk: Member(row, is_asked=row.pk == practice.pk)
        for row in shown.order_by("first_published_at", "pk").defer(*Practice.TEXTS, "search_text")
    }
    roots = []
    for pk, member in members.items():
        ancestor = parents[pk]
        member.is_indirect = ancestor is not None and ancestor not in members
        while ancestor is not None and ancestor not in members:
            ancestor = parents[ancestor]
        (roots if ancestor is None else members[ancestor].children).append(member)
    return roots
