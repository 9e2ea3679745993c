from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from community.access import object_decides
from content.search import MAX_QUERY, words_of

from .searching import search_everything, suggestions


@object_decides
def search(request: HttpRequest) -> HttpResponse:
    """Search everything the person may see, grouped by kind. `?kind=` shows all of one kind."""
    query = request.GET.get("q", "").strip()
    asked = {"q": query[:MAX_QUERY]}
    answer = search_everything(request.user, query, request.GET.get("kind", ""), request.GET.get("page", "1"))
    tabs = [
        {
            "label": group.kind.label,
            "count": group.total,
            "href": f"?{urlencode({**asked, 'kind': group.kind.key})}",
            "current": group.kind is answer.chosen,
        }
        for group in answer.groups
    ]
    context = {
        "query": asked["q"],
        "answer": answer,
        "tabs": [
            {
                "label": _("Everything"),
                "count": answer.total,
                "href": f"?{urlencode(asked)}",
                "current": not answer.chosen,
            },
            *tabs,
        ],
        "querystring": urlencode({**asked, "kind": answer.chosen.key}) if answer.chosen else "",
        "max_query": MAX_QUERY,
        "has_words": bool(words_of(query)),
    }
    return render(request, "home/search.html", context)


@object_decides
def suggest(request: HttpRequest) -> HttpResponse:
    """Return suggestions while the person types, as an HTML fragment for the list below the field."""
    query = request.GET.get("q", "").strip()
    return render(request, "home/suggestions.html", {"hits": suggestions(request.user, query), "query": query})
