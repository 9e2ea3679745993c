from django.http import HttpRequest, HttpResponse

from .access import public


@public
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse("")
