from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from content.search import matching, words_of
from events.models import EventPage
from groups.models import Practice
from learning.models import ResourcePage

from .models import StandardPage

PER_KIND = 10


@dataclass(frozen=True)
class Group:
    """The hits of one kind; `more` tells that there are others beyond those shown."""

    label: str
    hits: list
    more: bool


def search_everything(user, query: str) -> list[Group]:
    """Hits by kind among what the person may see; kinds without a hit are left out."""
    if not words_of(query):
        return []
    return [group for group in _groups(user, query) if group.hits]


def _groups(user, query: str) -> Iterator[Group]:
    for label, rows in (
        (_("Good practices"), Practice.objects.visible_to(user).published().for_list()),
        (_("Events"), EventPage.objects.visible_to(user).order_by("-starts_at")),
        (_("Professional development"), ResourcePage.objects.visible_to(user).order_by("title")),
        (_("Pages"), StandardPage.objects.visible_to(user).order_by("title")),
    ):
        yield _group(label, matching(rows, query))


def _group(label: str, rows: QuerySet) -> Group:
    hits = list(rows[: PER_KIND + 1])
    return Group(label, hits[:PER_KIND], len(hits) > PER_KIND)
