"""Atom feeds of public content, newest first. Every reader gets what a visitor may see."""

import re
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from events.models import EventPage
from groups.practices.models import Practice

from .caching import kept

ENTRIES = 30
# Characters that XML forbids. One in a pasted text would break the whole feed.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MAX_AGE = 900


class AtomFeed(Feed):
    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return kept(request, super().__call__(request, *args, **kwargs), seconds=MAX_AGE)

    def item_title(self, item) -> str:
        return CONTROLS.sub("", item.title)

    def item_description(self, item) -> str:
        # Feed readers treat it as HTML.
        return escape(CONTROLS.sub("", item.summary))


class PracticeFeed(AtomFeed):
    """Public good practices."""

    def title(self) -> str:
        return _("Good practices from eTwinning Schools")

    def subtitle(self) -> str:
        return _("Practices that labelled schools share with everyone.")

    def link(self) -> str:
        return reverse("practice_list")

    def items(self) -> QuerySet:
        practices = Practice.objects.visible_to(AnonymousUser()).published().select_related("school")
        return practices.defer(*Practice.TEXTS, "search_text").order_by("-first_published_at", "-pk")[:ENTRIES]

    def item_author_name(self, practice: Practice) -> str:
        return CONTROLS.sub("", practice.school.name)

    def item_pubdate(self, practice: Practice) -> datetime:
        return practice.first_published_at

    def item_updateddate(self, practice: Practice) -> datetime:
        return practice.last_published_at

    def item_categories(self, practice: Practice) -> list[str]:
        return [str(label) for label in practice.get_pillars_labels()]

    def item_copyright(self, practice: Practice) -> str:
        return practice.get_licence_display()


class EventFeed(AtomFeed):
    """Public events, latest announcement first."""

    def title(self) -> str:
        return _("Online events from eTwinning Schools")

    def subtitle(self) -> str:
        return _("Events everyone can see.")

    def link(self) -> str:
        return reverse("events")

    def items(self) -> QuerySet:
        return EventPage.objects.visible_to(AnonymousUser()).order_by("-first_published_at", "-pk")[:ENTRIES]

    def item_pubdate(self, event: EventPage) -> datetime:
        return event.first_published_at

    def item_updateddate(self, event: EventPage) -> datetime:
        return event.last_published_at
