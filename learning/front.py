"""What the learning pages show to the person who looks."""

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from community.access import is_member

from .filters import ResourceFilters
from .models.completions import Completion

if TYPE_CHECKING:
    from .models.pages import ResourcePage, ResourceQuerySet

PAGE_SIZE = 12


def catalogue_context(resources: "ResourceQuerySet", request: HttpRequest) -> dict[str, Any]:
    """The resources of the `pillar`, `language` and `level` in the address; unknown values filter nothing."""
    form = ResourceFilters(request.GET)
    chosen = form.chosen
    every_language = resources
    if "pillar" in chosen:
        resources = resources.about(chosen["pillar"])
    resources = resources.filter(**{key: value for key, value in chosen.items() if key != "pillar"})
    # One query for the languages to choose from and for how many resources there are to page through.
    numbers = dict(
        every_language.order_by()
        .values_list("language")
        .annotate(number=Count("pk", filter=Q(pk__in=resources.order_by().values("pk"))))
    )
    paginator = Paginator(resources.with_done_by(request.user).defer("body", "search_text"), PAGE_SIZE)
    paginator.count = sum(numbers.values())
    page = paginator.get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    form.offer_languages(numbers)
    return {"resources_page": page, "filters": form}


def resource_context(resource: "ResourcePage", request: HttpRequest) -> dict[str, Any]:
    """The resource, and whether the person did it."""
    completion = None
    if request.user.is_authenticated:
        completion = Completion.objects.of(request.user).filter(page_id=resource.pk).first()
    return {
        "resource": resource,
        "completion": completion,
        "may_mark": is_member(request.user),
        "breadcrumb": [(_("Professional development"), reverse("learning")), (resource.title, None)],
    }
