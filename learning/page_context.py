"""Template context of the learning pages."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from community.access import is_member

from .filters import ResourceFilters
from .models.completions import Completion
from .models.pages import LearningIndexPage, ResourcePage

PAGE_SIZE = 12


def catalogue_context(page: LearningIndexPage, request: HttpRequest) -> dict[str, Any]:
    """List the resources matching the `pillar`, `language` and `level` in the URL; unknown values are ignored."""
    resources = ResourcePage.objects.visible_to(request.user).child_of(page).newest_first()
    form = ResourceFilters(request.GET)
    chosen = form.chosen
    every_language = resources
    if "pillar" in chosen:
        resources = resources.about(chosen["pillar"])
    resources = resources.filter(**{key: value for key, value in chosen.items() if key != "pillar"})
    # One query yields both the languages to offer and the total for pagination.
    numbers = dict(
        every_language.order_by()
        .values_list("language")
        .annotate(number=Count("pk", filter=Q(pk__in=resources.order_by().values("pk"))))
    )
    paginator = Paginator(resources.with_done_by(request.user).defer("body", "search_text"), PAGE_SIZE)
    paginator.count = sum(numbers.values())
    shown = paginator.get_page(request.GET.get("page"))
    shown.object_list = list(shown.object_list)
    form.offer_languages(numbers)
    return {"resources_page": shown, "filters": form}


def resource_context(resource: ResourcePage, request: HttpRequest) -> dict[str, Any]:
    """Return the resource and the person's completion of it."""
    completion = None
    if request.user.is_authenticated:
        completion = Completion.objects.of(request.user).filter(page_id=resource.pk).first()
    return {
        "resource": resource,
        "completion": completion,
        "may_mark": is_member(request.user),
        "breadcrumb": [(_("Professional development"), reverse("learning")), (resource.title, None)],
    }
