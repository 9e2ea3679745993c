"""Discussing a practice: its comments, the section on its page, and who hears of them.

Practices and discussions live on the same floor and do not import each other, so this lives above both.
"""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from community.access import access_of, members_only, signed_in
from community.models import User
from groups.discussions.comments.section import discussion_section
from groups.discussions.comments.views import change_subscription, discussion_page
from groups.discussions.places import PlaceKind
from groups.discussions.receivers import on_place_deleted
from groups.practices.models import Practice


class PracticeKind(PlaceKind):
    """Published practices. Members alone read their discussion, even that of a public practice."""

    model = Practice
    key = "practice"
    counter = "comments_count"
    authors_message = "practice_commented"
    subscriber_reason = gettext_lazy("You’re getting this email because you follow the discussion of this practice.")

    def visible_to(self, user) -> QuerySet:
        return Practice.objects.visible_to(user).published()

    def authors(self, place: Practice) -> list[User]:
        return place.authors()

    def is_author(self, place: Practice, user: User) -> bool:
        return place.written_for(user) is not None

    def crumbs(self) -> list[tuple[str, str]]:
        return [(_("Good practices"), reverse("practice_list"))]

    def address(self, place: Practice) -> str:
        return reverse("practice_discussion", args=[place.pk])


def on_practice_deleted(sender: type[Practice], instance: Practice, **kwargs: object) -> None:
    """Delete the discussion of a deleted practice."""
    on_place_deleted(sender, instance)


def practice_discussion_section(request: HttpRequest, practice: Practice) -> str:
    """Render the discussion on the page of a published practice; empty for visitors."""
    if not practice.live or not access_of(request.user).reads_members_content:
        return ""
    return discussion_section(request, practice)


def _discussed(request: HttpRequest, pk: int) -> Practice:
    return get_object_or_404(PracticeKind().visible_to(request.user), pk=pk)


@signed_in
@members_only
def practice_discussion(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the comments on a practice, newest first, and post a comment."""
    return discussion_page(request, _discussed(request, pk), subscribe_url=reverse("practice_listen", args=[pk]))


@members_only
@require_POST
def practice_listen(request: HttpRequest, pk: int) -> HttpResponse:
    """Subscribe to new comments on a practice, or unsubscribe."""
    return change_subscription(request, _discussed(request, pk))
