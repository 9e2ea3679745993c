"""The sitemap for search engines: what a visitor may see, in every language it exists in."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.models import Page

from community.access import public
from community.models import School
from events.models import EventPage
from groups.practices.models import Practice
from learning.models import ResourcePage

from ..models import HomePage, PillarPage, StandardPage
from .caching import kept

VISITOR = AnonymousUser()
MAX_AGE = 3600


class SiteMap(Sitemap):
    limit = 10_000

    def get_domain(self, site=None) -> str:
        return settings.SITE_URL.partition("://")[2].rstrip("/")

    def get_protocol(self, protocol: str | None = None) -> str:
        return settings.SITE_URL.partition("://")[0]


class InEveryLanguage(SiteMap):
    """Objects that exist once and are shown in the interface of each language."""

    i18n = True
    alternates = True


class Lists(InEveryLanguage):
    """The list pages."""

    def items(self) -> list[str]:
        return ["practice_list", "events", "learning", "school_list"]

    def location(self, name: str) -> str:
        return reverse(name)


class Practices(InEveryLanguage):
    def items(self) -> QuerySet:
        practices = Practice.objects.visible_to(VISITOR).published()
        return practices.only("title", "last_published_at").order_by("pk")

    def lastmod(self, practice: Practice) -> datetime:
        return practice.last_published_at


class Schools(InEveryLanguage):
    def items(self) -> QuerySet:
        return School.objects.visible_to(VISITOR).only("slug").order_by("pk")


class Events(InEveryLanguage):
    def items(self) -> QuerySet:
        return EventPage.objects.visible_to(VISITOR).only("slug", "last_published_at").order_by("pk")

    def lastmod(self, event: EventPage) -> datetime:
        return event.last_published_at


class Learning(Events):
    def items(self) -> QuerySet:
        return ResourcePage.objects.visible_to(VISITOR).only("slug", "last_published_at").order_by("pk")


class Pages(SiteMap):
    """Editorial pages about the label and the site."""

    def items(self) -> list[Page]:
        kinds = (HomePage, StandardPage, PillarPage)
        return [
            page
            for kind in kinds
            for page in kind.objects.visible_to(VISITOR).select_related("locale").order_by("path")
        ]

    def location(self, page: Page) -> str:
        return page.url

    def lastmod(self, page: Page) -> datetime | None:
        return page.last_published_at

    def get_urls(self, *args, **kwargs) -> list[dict]:
        """Add the translations of each page, which have addresses of their own."""
        urls = super().get_urls(*args, **kwargs)
        translations: dict[object, list[dict]] = {}
        for url in urls:
            same = translations.setdefault(url["item"].translation_key, [])
            same.append({"location": url["location"], "lang_code": url["item"].language})
            url["alternates"] = same
        return [url if len(url["alternates"]) > 1 else url | {"alternates": []} for url in urls]


SECTIONS = {
    "lists": Lists,
    "pages": Pages,
    "practices": Practices,
    "schools": Schools,
    "events": Events,
    "learning": Learning,
}


@public
def sitemap_index(request: HttpRequest) -> HttpResponse:
    answer = index(request, sitemaps=SECTIONS, sitemap_url_name="sitemap_section").render()
    return kept(request, answer, seconds=MAX_AGE)


@public
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """Render one section. Raises 404 if it does not exist."""
    return kept(request, sitemap(request, sitemaps=SECTIONS, section=section).render(), seconds=MAX_AGE)


@public
def robots(request: HttpRequest) -> HttpResponse:
    """List what crawlers need not fetch. This hides nothing; community/access/ does."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /*/accounts/", "Disallow: /*/search/", ""]
    lines.append("Sitemap: " + settings.SITE_URL.rstrip("/") + reverse("sitemap"))
    answer = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    return kept(request, answer, seconds=MAX_AGE)
