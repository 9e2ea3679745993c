from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.access import public, signed_in

from .dashboard import dashboard_context
from .search import search_everything


@signed_in
def dashboard(request: HttpRequest) -> HttpResponse:
    """The person's own page: their schools, what they are writing, what comes next."""
    return render(request, "home/dashboard.html", dashboard_context(request.user))


@public
def search(request: HttpRequest) -> HttpResponse:
    """Search in everything the person may see, grouped by kind."""
    query = request.GET.get("q", "").strip()
    return render(request, "home/search.html", {"query": query, "groups": search_everything(request.user, query)})
