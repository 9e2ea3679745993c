"""Addresses of a page in other languages, and the reader's choice of language."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import translate_url
from django.utils import translation

from community.models import User

from ..models import TranslatedPage

A_YEAR = 365 * 24 * 60 * 60


def translations_of(page: TranslatedPage, user) -> dict[str, TranslatedPage]:
    """Return the page in each language in which the person may read it. One query."""
    rows = type(page).objects.visible_to(user).filter(translation_key=page.translation_key)
    return {row.locale.language_code: row for row in rows.select_related("locale").defer("body", "search_text")}


def address_in(path: str, code: str) -> str:
    """Return this address, query included, in another language, or that language's home if there is no equivalent."""
    translated = translate_url(path, code)
    return translated if translated.startswith(f"/{code}/") else f"/{code}/"


def remember(response: HttpResponse, code: str) -> HttpResponse:
    """Remember the language in a cookie."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def choose(*, by, language: str) -> None:
    """Save the language to the person's account, which also sets the language of their emails. Idempotent."""
    if by.is_authenticated and by.language != language:
        User.objects.filter(pk=by.pk).update(language=language)
        by.language = language


class LanguageMiddleware:
    """Redirects signed-in members from addresses without a language, such as `/`, to the language of their account."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = translation.get_language_from_path(request.path_info)
        if chosen is None and request.session.session_key and request.user.is_authenticated:
            # LocaleMiddleware redirects to the active language if there is no such page.
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)
