"""URL configuration. Our URLs come first, so that no package can shadow them."""

from django.apps import apps
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.i18n import JavaScriptCatalog
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.urls import serve_pattern
from wagtail.views import serve as serve_page

from community.access import object_decides, public, signed_in
from community.sign_in.admin_gate import closed, moderators_admin, sign_out, to_site_login
from content.gate import serve_file
from home.frame.gallery import gallery
from home.metadata.sitemap import robots, sitemap_index, sitemap_section
from home.public_pages.translating import SubmitTranslation
from notifications.views import inbox, open_message, preferences, read_all, unsubscribe

from .declare import declared


@public
def health(request: HttpRequest) -> HttpResponse:
    """Answer the load balancer's health check."""
    return HttpResponse("ok", content_type="text/plain")


handler400 = "home.frame.refusals.refused_request"

urlpatterns = [
    path("health/", health, name="health"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap_section, name="sitemap_section"),
    path("files/<path:name>", serve_file, name="file"),
    # One login, with the second factor, for site and admin; Wagtail's own form asks only for a password.
    path("admin/login/", to_site_login),
    path("admin/logout/", sign_out),
    # Wagtail's bulk actions and snippet choosers list rows the person may not see.
    path("admin/bulk/practices/<path:rest>", closed),
    path("admin/bulk/community/<path:rest>", closed),
    path("admin/snippets/choose/<path:rest>", closed),
    path("admin/localize/api/<path:rest>", closed),
    # The package's own view offers only its own catalogue, which has little Turkish.
    path("admin/localize/jsi18n/", moderators_admin(JavaScriptCatalog.as_view())),
    path("admin/localize/submit/snippet/<path:rest>", closed),
    # Only pages with a tree per language are translated.
    path("admin/localize/submit/page/<int:page_id>/", moderators_admin(SubmitTranslation.as_view())),
    declared("admin/", wagtailadmin_urls, moderators_admin),
]

urlpatterns += i18n_patterns(
    declared("accounts/", "allauth.urls", public),
    path("inbox/", signed_in(inbox), name="inbox"),
    path("inbox/read/", signed_in(read_all), name="inbox_read_all"),
    path("inbox/<int:pk>/", signed_in(open_message), name="open_message"),
    path("inbox/preferences/", signed_in(preferences), name="preferences"),
    path("unsubscribe/<str:token>/", public(unsubscribe), name="unsubscribe"),
    path("gallery/", gallery, name="gallery"),
    # Before the rooms it bridges, where a slug can be any word.
    path("", include("home.urls")),
    path("", include("community.urls")),
    path("", include("directory.urls")),
    path("", include("moderation.urls")),
    path("", include("groups.discussions.urls")),
    path("", include("groups.practices.urls")),
    path("", include("events.urls")),
    path("", include("learning.urls")),
    # Only the development and test settings install the demonstration.
    *([path("", include("demo.urls"))] if apps.is_installed("demo") else []),
    # The only one of Wagtail's front-end URLs: the others sign in by password alone, or serve its privacy control.
    re_path(serve_pattern, object_decides(serve_page), name="wagtail_serve"),
)
