from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.access import signed_in

from .overview import dashboard_context


@signed_in
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show the person's schools, unfinished practices and registrations."""
    return render(request, "home/dashboard.html", dashboard_context(request.user))
