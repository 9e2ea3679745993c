"""What the frame of every page needs beyond its context."""

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.urls import translate_url
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag(takes_context=True)
def language_links(context: RequestContext) -> list[dict[str, str | bool]]:
    """The address of this page in each language, or that language's home where the page has none.

    It reads the path and nothing else, so that the answer is the same for everybody. Without a request
    (the page of a server error) there are no links.
    """
    request = getattr(context, "request", None) or context.get("request")
    if request is None:
        return []
    here = get_language()
    links = []
    for code, name in settings.LANGUAGES:
        href = request.path if code == here else translate_url(request.path, code)
        if code != here and href == request.path:
            href = f"/{code}/"
        links.append({"code": code, "name": name, "href": href, "current": code == here})
    return links
