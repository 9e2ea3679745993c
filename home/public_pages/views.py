"""The reader's choice of language."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, get_language_info
from django.views.decorators.http import require_GET
from wagtail.models import Page

from community.access import object_decides, public

from ..models import TranslatedPage
from .languages import choose, remember, translations_of


@public
@require_GET
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language of this address, and redirect to `next`."""
    target = request.GET.get("next", "")
    if not (target.startswith(f"/{get_language()}/") and url_has_allowed_host_and_scheme(target, None)):
        target = f"/{get_language()}/"
    if _comes_from_here(request):
        choose(by=request.user, language=get_language())
    return remember(redirect(target), get_language())


def _comes_from_here(request: HttpRequest) -> bool:
    """Return whether a page of this site led here. A picture or link elsewhere must not change an account."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is None:
        # Browsers from before 2023 send only the Referer.
        return request.headers.get("Referer", "").startswith(request.build_absolute_uri("/"))
    return site == "same-origin"


@object_decides
@require_GET
def page_translation(request: HttpRequest, pk: int) -> HttpResponse:
    """Redirect to the page in the language of this address, or list the languages it can be read in."""
    page = get_object_or_404(Page, pk=pk).specific
    if not isinstance(page, TranslatedPage):
        raise Http404
    found = translations_of(page, request.user)
    if not found:
        raise Http404
    if get_language() in found:
        return redirect(found[get_language()])
    context = {
        "language_name": get_language_info(get_language())["name_translated"],
        "translations": [(code, get_language_info(code)["name_local"], row) for code, row in sorted(found.items())],
    }
    return render(request, "home/not_translated.html", context)
