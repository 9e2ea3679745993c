"""The practice list and the page of a practice."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from community.access import may_contribute, object_decides
from content.html import text_of
from content.search import excerpt, marked
from content.taxonomy import Pillar, Subject
from groups.discussions.comments.commenting import refusal_to_talk
from groups.discussions.comments.threads import newest
from groups.discussions.forms import CommentForm

from ..models import Adoption, Collection, Follow, Practice
from ..page.loading import practice_for_reading
from ..page.schema_org import structured_data
from ..reuse.adopting import refusal_to_report
from .filters import PracticeFilters, Selection
from .paging import ORDERS, order_of, practice_list_page
from .related import related_to

CURATED_SHOWN = 3
ADOPTIONS_SHOWN = 3


@object_decides
def practice_list(request: HttpRequest) -> HttpResponse:
    """List published practices the person may read, filtered and sorted by the query string."""
    filters = PracticeFilters(request.GET)
    selection = Selection(request.user, filters)
    order = order_of(request.GET)
    practices = Practice.objects.visible_to(request.user).published().for_list(texts=bool(selection.words))
    page = practice_list_page(practices.with_saved_by(request.user), selection, order, request.GET)
    if selection.words:
        show_matches(page.practices, filters.cleaned_data["q"])
    return render(
        request,
        "practices/finding/list.html",
        {
            "page": page,
            "filters": filters,
            "selection": selection,
            "groups": list(selection.groups()),
            "order": order,
            "orders": [(each.label, sort_address(filters, each.name), each is order) for each in ORDERS.values()],
            "languages_read": selection.with_languages(request.user.languages_read)
            if request.user.is_authenticated
            else None,
            "topic": topic_to_follow(request.user, filters),
            "curated": curated_for(request.user) if selection.everything and not page.preceding else [],
            "may_contribute": may_contribute(request.user),
        },
    )


def show_matches(practices: list[Practice], query: str) -> None:
    """Highlight search terms in titles and summaries, or in an excerpt of the text if neither contains them."""
    for practice in practices:
        practice.marked_title = marked(practice.title, query)
        practice.marked_summary = marked(practice.summary, query)
        if "<mark>" not in practice.marked_title + practice.marked_summary:
            texts = (text_of(getattr(practice, name)) for name in practice.TEXTS)
            practice.excerpt = marked(excerpt(texts, query), query)


def sort_address(filters: PracticeFilters, sort: str) -> str:
    """Return the URL of the first page in another order, with the same filters."""
    query = filters.data.copy()
    query["sort"] = sort
    return f"?{query.urlencode()}"


def topic_to_follow(user, filters: PracticeFilters) -> dict | None:
    """Return the pillar or subject if the list is filtered by exactly one, with whether the person follows it."""
    named = {name: filters.cleaned_data[name] for name in ("pillar", "subject") if filters.cleaned_data[name]}
    if not user.is_authenticated or len(named) != 1:
        return None
    ((name, values),) = named.items()
    if len(values) != 1:
        return None
    topic = f"{name}:{values[0]}"
    label = {"pillar": Pillar, "subject": Subject}[name](values[0]).label
    return {"key": topic, "label": label, "followed": Follow.objects.filter(user=user, topic=topic).exists()}


def curated_for(user) -> list[Collection]:
    """Return the newest curated collections with practices the person may read."""
    collections = Collection.objects.visible_to(user).curated().with_number(user)
    return list(collections.filter(number__gt=0)[:CURATED_SHOWN]) if user.is_authenticated else []


@object_decides
def practice_detail(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Show a practice; a wrong slug redirects to the right one."""
    practice = practice_for_reading(request.user, pk)
    if slug != practice.slug:
        return redirect(practice, permanent=False)
    own = practice.written_for(request.user) is not None
    context = {
        "practice": practice,
        "reading": True,
        "structured": structured_data(practice),
        "related": related_to(practice, request.user),
        "adoptions": newest_adoptions(practice, request.user),
        "may_report": not refusal_to_report(practice, request.user),
        "talk": newest(practice, request.user),
        "talk_form": None if refusal_to_talk(request.user) else CommentForm(request.user),
        "own": own,
        "refusal": practice.refusal_to_edit(request.user) if own else "",
        "reason": practice.return_reason() if own and practice.status == "returned" else "",
    }
    return render(request, "practices/practice.html", context)


def newest_adoptions(practice: Practice, user) -> list[Adoption]:
    """Return the newest adoption reports, for the end of the page."""
    if not practice.adoptions_count:
        return []
    return list(Adoption.objects.visible_to(user).filter(practice=practice).for_reading()[:ADOPTIONS_SHOWN])
