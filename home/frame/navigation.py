from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.access import Access, access_of
from community.models import display_name
from notifications.models import Message

from ..models import StandardPage
from .banners import banners

# Set once by home/site_setup.py. The addresses of the two indexes never change.
EVENTS_SLUG = "events"
LEARNING_SLUG = "learning"


def navigation(request: HttpRequest) -> dict:
    """Return the links of every page for this person, or nothing on error pages, which have no user."""
    user = getattr(request, "user", None)
    if user is None or getattr(request, "resolver_match", None) is None:
        return {}
    access = access_of(user)
    return {
        "nav": {
            "home_url": reverse("wagtail_serve", args=[""]),
            "search_url": reverse("search"),
            "primary": [{**link, "current": request.path.startswith(link["url"])} for link in _primary(user, access)],
            "footer": public_pages(get_language()),
            **(_personal(user, access) if user.is_authenticated else {}),
        },
        "access": access,
        "banners": banners(request),
    }


def _primary(user, access: Access) -> list[dict[str, str]]:
    links = [{"label": _("Dashboard"), "url": reverse("dashboard")}] if user.is_authenticated else []
    return [
        *links,
        {"label": _("Good practices"), "url": reverse("practice_list")},
        *([{"label": _("Discussions"), "url": reverse("topic_list")}] if access.reads_members_content else []),
        {"label": _("Events"), "url": reverse("wagtail_serve", args=[f"{EVENTS_SLUG}/"])},
        {"label": _("Professional development"), "url": reverse("wagtail_serve", args=[f"{LEARNING_SLUG}/"])},
        {"label": _("Schools"), "url": reverse("school_list")},
    ]


def _personal(user, access: Access) -> dict:
    unread = Message.objects.inbox_of(user).unread().count()
    return {
        "user_name": display_name(user),
        "user_school": access.belongings[0].school_name if access.belongings else "",
        "unread": unread,
        "account": _account(access, unread),
    }


def _account(access: Access, unread: int) -> list[dict]:
    links = [
        {"label": _("Messages"), "url": reverse("inbox"), "icon": "bell", "count": unread},
        {"label": _("My practices"), "url": reverse("practice_mine"), "icon": "file-text"},
        {"label": _("Saved practices"), "url": reverse("practice_saved"), "icon": "bookmark"},
        {"label": _("My professional development"), "url": reverse("learning_mine"), "icon": "graduation-cap"},
        {"label": _("Profile"), "url": reverse("profile"), "icon": "user"},
        {"label": _("Sign-in and security"), "url": reverse("mfa_index"), "icon": "shield-check"},
    ]
    if access.is_moderator:
        links.append({"label": _("Moderators’ desk"), "url": reverse("wagtailadmin_home"), "icon": "check-circle"})
    return links


def public_pages(language: str) -> list[dict[str, str]]:
    """Return titles and addresses of the public pages in menus. Cached, because they are the same for everyone.

    A language without pages gets those in the site's first language, each with the language of its title.
    """
    key = f"navigation:pages:{language}"
    pages = cache.get(key)
    if pages is None:
        shown = StandardPage.objects.visible_to(AnonymousUser()).in_menu().for_language(language).order_by("path")
        pages = [{"label": page.title, "url": page.url, "lang": page.language} for page in shown]
        cache.set(key, pages, timeout=300)
    return pages


def forget_pages(**kwargs) -> None:
    """Clear the cached menus of every language, because one may borrow another's pages."""
    cache.delete_many([f"navigation:pages:{code}" for code, name in settings.LANGUAGES])
