"""The family of a practice: what it was made of, and what others made of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection
from django.db.models.expressions import RawSQL

from ..models import Practice
from ..models.querysets import PracticeQuerySet

# UNION, not UNION ALL: a circle, which no verb draws, would end here instead of running for ever.
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
    """What others made of the practice and of what was made of it, as far as the person may see it."""
    # A constant of ours with one parameter.
    below = RawSQL(_BELOW, [practice.pk])  # noqa: S611
    return Practice.objects.visible_to(user).published().filter(pk__in=below)


@dataclass
class Member:
    """A practice of the family that the reader may see, and what was made of it."""

    practice: Practice
    # Whether it was made of something between it and its parent here that the reader may not see.
    is_indirect: bool = False
    is_asked: bool = False
    children: list["Member"] = field(default_factory=list)

    def __iter__(self) -> Iterator["Member"]:
        """Itself and everything below."""
        yield self
        for child in self.children:
            yield from child


def family_of(practice: Practice, user) -> list[Member]:
    """The trees in which the practice stands, as far as the person may see them; two queries.

    What they may not see is left out, and what was made of it hangs on the nearest ancestor that they see. Several
    trees come out when the first practice is hidden.
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
