"""Every kind of page, in both languages and themes: no axe violations and no horizontal scrolling."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page as Tab
from wagtail.models import Locale, Page

from home.public_pages.planting import plant_pages

from ..world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

# persona → pages; {…} is filled from the world
PAGES = {
    "anonymous": [
        "",
        "practices/",
        "practices/{public.pk}-publicneedle/",
        "events/",
        "events/?month=now",
        "events/open-evening/",
        "events/open-evening/guest/a-guests-token/",
        "learning/",
        "schools/",
        "schools/?country=TR&q=school",
        "schools/{personas.school.slug}/",
        "feedback/",
        "feedback/sent/",
        "search/",
        "search/?q=publicneedle",
        "search/?q=publicneedle&kind=practices",
        "search/?q=%3F%21",
        "accounts/login/",
        "accounts/signup/",
        "accounts/password/reset/",
        "accounts/password/reset/done/",
        "accounts/password/reset/key/1-set-password/",
        "accounts/confirm-email/",
        "accounts/inactive/",
        "accounts/3rdparty/login/error/",
        "invitations/a-token/",
        "no-such-page/",
    ],
    "member": [
        "dashboard/",
        "practices/{members.pk}-membersneedle/",
        "practices/?q=membersneedle&pillar=agency",
        "practices/?q=nothing&pillar=agency",
        "practices/saved/",
        "practices/following/",
        "practices/{members.pk}/collect/",
        "practices/{members.pk}/discussion/",
        "practices/{members.pk}/tries/",
        "practices/{members.pk}/tried/",
        "practices/{members.pk}/adapt/",
        "practices/{members.pk}/family/",
        "comments/{comment.pk}/",
        "comments/{comment.pk}/versions/",
        "reports/comment/{comment.pk}/new/",
        "discussions/",
        "discussions/new/",
        "discussions/{topic.pk}-topicneedle/",
        "collections/",
        "collections/new/",
        "events/hidden-event/",
        "events/hidden-event/join/",
        "events/hidden-event/answers/",
        "events/propose/",
        "events/past-event/feedback/",
        "calendar/",
        "learning/hidden-resourcepage/",
        "learning/mine/",
        "hidden-standardpage/",
        "inbox/",
        "inbox/preferences/",
        "profile/",
        "second-factor/",
        "accounts/email/",
        "accounts/password/change/",
        "accounts/3rdparty/",
        "accounts/logout/",
        "accounts/2fa/",
        "accounts/2fa/totp/activate/",
        "accounts/2fa/webauthn/",
        "accounts/2fa/webauthn/add/",
    ],
    "organiser": [
        "events/past-event/organise/",
        "events/past-event/organise/attendance/",
        "events/past-event/organise/message/",
        "events/past-event/organise/materials/",
        "events/past-event/organise/guests/",
        "events/past-event/organise/figures/",
    ],
    "moderator": [
        "dashboard/",
        "comments/{comment.pk}/hide/",
        "discussions/{topic.pk}-topicneedle/",
        "practices/{members.pk}/discussion/",
    ],
    "author": [
        "comments/{comment.pk}/edit/",
        "discussions/{topic.pk}/poll/new/",
        "events/past-event/",
        "events/past-event/feedback/",
        "practices/new/",
        "practices/mine/",
        "practices/{draft.pk}/edit/",
        "practices/{draft.pk}/edit/how/",
        "practices/{draft.pk}/edit/files/",
        "practices/{draft.pk}/edit/sharing/",
        "practices/{draft.pk}/edit/words/{words.pk}/",
        "practices/{draft.pk}/edit/co-authors/",
        "practices/new/from-word/",
        "practices/impact/",
        "practices/{public.pk}/impact/",
        "events/proposals/{proposal.pk}/",
        "practices/{draft.pk}/preview/",
        "practices/{submitted.pk}/history/",
    ],
    "lead": [
        "collections/{collection.pk}/",
        "collections/{collection.pk}/edit/",
        "practices/sign-off/",
        "practices/{to_sign_off.pk}/sign-off/",
        "schools/{personas.school.slug}/colleagues/",
        "schools/{personas.school.slug}/pictures/",
        "schools/{personas.school.slug}/preview/",
        "schools/{personas.school.slug}/edit/",
        "schools/{personas.school.slug}/leave/",
    ],
    "lapsed": ["dashboard/"],
}

# English slugs of public pages with different blocks.
PUBLIC_PAGES = ["student-agency", "five-pillars", "benefits", "how-schools-join", "questions", "accessibility", "legal"]


COLOURS = ["color-contrast", "link-in-text-block"]
# All rules run in the light theme. Only colours differ in the dark one, and they do not depend on the language.
THEMES = {"light": None, "dark": {"runOnly": {"type": "rule", "values": COLOURS}}}
WORDS = {"light": {"rules": {rule: {"enabled": False} for rule in COLOURS}}}


def public_paths(language: str) -> list[str]:
    """Return the paths of the public pages in this language, without its prefix."""
    plant_pages(missing=True)
    locale = Locale.objects.get(language_code=language)
    pages = Page.objects.filter(locale__language_code="en", slug__in=PUBLIC_PAGES)
    paths = [page.get_translation(locale).url.removeprefix(f"/{language}/") for page in pages]
    assert len(paths) == len(PUBLIC_PAGES)
    return paths


def sign_in(page: Tab, client, user) -> None:
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": page.evaluate("location.origin")}])


@pytest.mark.parametrize("language", ["en", "tr"])
def test_every_page_is_accessible(person, client, language):
    world = World()
    found = []
    pages = PAGES | {"anonymous": PAGES["anonymous"] + public_paths(language)}
    for persona, paths in pages.items():
        # Without animation, colours are not measured halfway through a transition.
        page = person(expects_refusals=True, viewport={"width": 360, "height": 800}, reduced_motion="reduce")
        page.goto(f"/{language}/")
        if user := world.personas.named()[persona]:
            sign_in(page, client, user)
        for path in paths:
            page.goto(f"/{language}/{path.format(**vars(world))}")
            if page.evaluate("document.documentElement.scrollWidth") > 360:
                found.append((path, "scrolls sideways at 360 px"))
            for theme, options in (THEMES if language == "en" else WORDS).items():
                page.emulate_media(color_scheme=theme)
                result = Axe().run(page, options=options)
                found += [(path, theme, v["id"], v["nodes"][0]["html"][:120]) for v in result.response["violations"]]
    assert not found, "\n".join(map(str, found))


def test_every_component_is_accessible(person, settings):
    """The gallery shows each in all states. It exists only with DEBUG."""
    settings.DEBUG = True
    page = person(viewport={"width": 360, "height": 800}, reduced_motion="reduce")
    page.goto("/en/gallery/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    found = []
    for theme, options in THEMES.items():
        page.emulate_media(color_scheme=theme)
        result = Axe().run(page, options=options)
        found += [(theme, v["id"], v["nodes"][0]["html"][:120]) for v in result.response["violations"]]
    assert not found, "\n".join(map(str, found))
