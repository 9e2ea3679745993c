"""Template tags for the frame of every page."""

import re
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import RequestContext
from django.urls import reverse
from django.utils import translation

from ..models import TranslatedPage
from ..public_pages.languages import address_in, translations_of

register = template.Library()

# A possible language code in an address: /xx/ or, after LocaleMiddleware's redirect, /en/xx/.
_UNKNOWN = re.compile(r"(?:/(?P<known>[a-z]{2,3}))?/(?P<code>[a-z]{2}(?:-[a-z]{2,4})?)(?P<rest>/.*)?", re.IGNORECASE)


def _request_in(context: RequestContext) -> HttpRequest | None:
    # The server error page has none.
    return getattr(context, "request", None) or context.get("request")


def _addresses(context: RequestContext, request: HttpRequest) -> dict[str, str]:
    """Return this page's address in each language. Only translated pages need more than the path."""
    page = context.get("page")
    path = request.get_full_path()
    if not (isinstance(page, TranslatedPage) and page.pk):
        return {code: address_in(path, code) for code, _name in settings.LANGUAGES}
    found = translations_of(page, request.user)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return {code: f"{row.url}{query}" for code, row in found.items()}


def _note(page: TranslatedPage, code: str) -> str:
    with translation.override(code):
        return reverse("page_translation", args=[page.pk])


@register.simple_tag(takes_context=True)
def language_links(context: RequestContext) -> list[dict[str, str | bool]]:
    """Return this page in each language: its translation, or the same address with its query.

    If there is no translation, the link leads to a note listing those that exist. The choice is remembered
    (home/public_pages/views.py:choose_language).
    """
    request = _request_in(context)
    if request is None:
        return []
    here = translation.get_language()
    addresses = _addresses(context, request)
    links = []
    for code, name in settings.LANGUAGES:
        target = request.get_full_path() if code == here else addresses.get(code) or _note(context["page"], code)
        with translation.override(code):
            choose = f"{reverse('choose_language')}?{urlencode({'next': target}, safe='/')}"
        links.append({"code": code, "name": name, "href": choose, "target": target, "current": code == here})
    return links


@register.simple_tag(takes_context=True)
def alternates(context: RequestContext) -> list[dict[str, str]]:
    """Return the languages this page exists in, for search engines. x-default is the site's first language."""
    request = _request_in(context)
    if request is None:
        return []
    found = _addresses(context, request)
    links = [{"code": code, "href": settings.SITE_URL + path} for code, path in found.items()]
    default = found.get(settings.LANGUAGE_CODE) or next(iter(found.values()), None)
    return [*links, {"code": "x-default", "href": settings.SITE_URL + default}] if default else []


@register.simple_tag(takes_context=True)
def unknown_language(context: RequestContext) -> dict | None:
    """Return an unsupported language in the address, with the same address in the supported ones.

    It uses only the path, so the error page of a hidden object is the same as that of a missing one.
    """
    request = _request_in(context)
    match = request and _UNKNOWN.fullmatch(request.path)
    known = dict(settings.LANGUAGES)
    if not match or match["code"] in known or (match["known"] and match["known"] not in known):
        return None
    rest = match["rest"] or "/"
    return {
        "code": match["code"],
        "links": [{"code": code, "name": name, "href": f"/{code}{rest}"} for code, name in settings.LANGUAGES],
    }
