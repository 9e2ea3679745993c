"""Every route × every kind of visitor: who gets in, and that nobody reads a word that is not for them.

A route that is missing in ROUTES fails the first test: look at it, then write down who may see what there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import translation

from .world import EVERYONE, MODERATORS, NEEDLES, NOBODY, READERS, World

SIGNED_IN = EVERYONE - {"anonymous"}
CONTRIBUTORS = frozenset({"member", "author", "lead"})
AUTHOR = frozenset({"author"})
COLLEAGUES = MODERATORS | {"author", "lead"}


@dataclass(frozen=True)
class Route:
    """Who is let in (below 400 or, for a GET of an action, 405) and who is told why not (403); the rest: 404."""

    let_in: frozenset
    told: frozenset = NOBODY
    args: Callable[[World], list] = lambda world: []
    # Anonymous people are led to the sign-in page, whether the thing exists or not.
    sign_in: bool = False


def of_practice(name: str) -> Callable[[World], list]:
    return lambda world: [getattr(world, name).pk]


ROUTES = {
    # config
    "health": Route(EVERYONE),
    "file": Route(READERS, args=lambda world: [world.image.file.name]),
    "inbox": Route(SIGNED_IN, sign_in=True),
    "open_message": Route(AUTHOR, args=lambda world: [world.message.pk], sign_in=True),
    "gallery": Route(NOBODY),
    # community
    "join": Route(EVERYONE),
    "invitation": Route(EVERYONE, args=lambda world: ["a-token"]),
    "school_list": Route(EVERYONE),
    "school": Route(EVERYONE, args=lambda world: [world.personas.school.slug]),
    "edit_school": Route(frozenset({"lead"}), args=lambda world: [world.personas.school.slug], sign_in=True),
    "leave_school": Route(frozenset({"author", "lead"}), args=lambda world: [world.personas.school.slug], sign_in=True),
    "colleagues": Route(COLLEAGUES, args=lambda world: [world.personas.school.slug], sign_in=True),
    "remove_colleague": Route(
        COLLEAGUES, args=lambda world: [world.personas.school.slug, colleague(world)], sign_in=True
    ),
    "change_role": Route(COLLEAGUES, args=lambda world: [world.personas.school.slug, colleague(world)], sign_in=True),
    "withdraw_invitation": Route(
        COLLEAGUES, args=lambda world: [world.personas.school.slug, world.invitation.pk], sign_in=True
    ),
    "profile": Route(SIGNED_IN, sign_in=True),
    "second_factor": Route(SIGNED_IN, sign_in=True),
    # groups
    "practice_list": Route(EVERYONE),
    "practice_new": Route(CONTRIBUTORS, told=frozenset({"grace"})),
    "practice_mine": Route(SIGNED_IN, sign_in=True),
    "practice": Route(READERS, args=lambda world: [world.members.pk, world.members.slug]),
    "practice_edit": Route(AUTHOR, args=of_practice("draft"), sign_in=True),
    "practice_preview": Route(AUTHOR, args=of_practice("draft"), sign_in=True),
    "practice_history": Route(AUTHOR, args=of_practice("draft"), sign_in=True),
    "practice_export": Route(AUTHOR, args=of_practice("draft"), sign_in=True),
    "practice_submit": Route(AUTHOR, args=of_practice("draft"), sign_in=True),
    "practice_withdraw": Route(AUTHOR, args=of_practice("draft"), sign_in=True),
    # events
    "events": Route(EVERYONE),
    "event": Route(READERS, args=lambda world: [world.event.slug]),
    "event_register": Route(READERS, args=lambda world: [world.event.slug]),
    "event_cancel": Route(READERS, args=lambda world: [world.event.slug]),
    "event_join": Route(frozenset({"member"}), told=READERS - {"member"}, args=lambda world: [world.event.slug]),
    # learning
    "learning": Route(EVERYONE),
    "learning_mine": Route(SIGNED_IN, sign_in=True),
    "resource": Route(READERS, args=lambda world: [world.resource.slug]),
    "learning_done": Route(READERS, args=lambda world: [world.resource.pk]),
    "learning_undone": Route(READERS, args=lambda world: [world.resource.pk]),
    # home
    "dashboard": Route(SIGNED_IN, sign_in=True),
    "search": Route(EVERYONE),
    "wagtail_serve": Route(READERS, args=lambda world: [f"{world.page.slug}/"]),
}
# Views of packages, wrapped in one decorator for all (config/urls.py).
PACKAGES = {"accounts/": "public", "admin/": "moderators", "_util/": "public"}


def colleague(world: World) -> int:
    return world.personas.author.memberships.get().pk


def site_patterns(resolver=None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern of the site with its whole route."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern
        else:
            yield from site_patterns(pattern, route)


def package_of(route: str) -> str | None:
    return next((package for package in PACKAGES if route.removeprefix("en/").startswith(package)), None)


def test_the_table_names_every_route():
    with translation.override("en"):
        names = {pattern.name for route, pattern in site_patterns() if package_of(route) is None}
    assert names == ROUTES.keys()


def test_every_view_declares_its_audience():
    with translation.override("en"):
        undeclared = [route for route, pattern in site_patterns() if not hasattr(pattern.callback, "audience")]
        wrong = [
            route
            for route, pattern in site_patterns()
            if (package := package_of(route))
            and pattern.callback.audience != PACKAGES[package]
            and not route.endswith(("login/", "logout/"))
        ]
    assert undeclared == []
    assert wrong == []


def client_of(user) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def words_in(response) -> str:
    body = b"".join(response) if response.streaming else response.content
    headers = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    return (body.decode(errors="replace") + unquote(headers)).lower()


@pytest.fixture
def world(db) -> World:
    return World()


@pytest.mark.parametrize("name", ROUTES)
def test_who_gets_in(world, name):
    route = ROUTES[name]
    url = reverse(name, args=route.args(world))
    outcome = {}
    for persona, user in world.personas.named().items():
        response = client_of(user).get(url)
        if response.status_code == 302 and reverse("account_login") in response["Location"]:
            outcome[persona] = "sign in"
        else:
            outcome[persona] = {403: "told", 404: "hidden"}.get(response.status_code, "let in")
        assert response.status_code < 500

    expected = {persona: "let in" if persona in route.let_in else "hidden" for persona in outcome}
    expected |= dict.fromkeys(route.told, "told")
    if route.sign_in:
        expected["anonymous"] = "sign in"
    assert outcome == expected


@pytest.mark.parametrize("method", ["get", "post", "head", "options"])
@pytest.mark.parametrize("persona", sorted(EVERYONE))
def test_nobody_reads_what_is_not_for_them(world, persona, method):
    """Each persona asks for every route; no needle that is not theirs stands in a body or a header."""
    client = client_of(world.personas.named()[persona])
    forbidden = {needle for needle, readers in NEEDLES.items() if persona not in readers}
    leaks = {
        (name, needle)
        for name, route in ROUTES.items()
        for found in [words_in(getattr(client, method)(reverse(name, args=route.args(world))))]
        for needle in forbidden
        if needle in found
    }
    assert leaks == set()


@pytest.mark.parametrize("persona", sorted(EVERYONE))
def test_search_finds_only_what_the_person_may_see(world, persona):
    client = client_of(world.personas.named()[persona])
    searchable = {"publicneedle", "membersneedle", "eventneedle", "resourceneedle", "pageneedle"}
    for needle in NEEDLES:
        pages = [client.get(reverse("search"), {"q": needle}), client.get(reverse("practice_list"), {"q": needle})]
        # The query itself stands in the search field; a hit repeats it in a title.
        hits = sum(words_in(page).count(f">{needle}<") for page in pages)
        assert bool(hits) == (needle in searchable and persona in NEEDLES[needle]), needle


HIDDEN = {
    "practice": ("members", lambda world: reverse("practice", args=[world.members.pk, world.members.slug])),
    "draft": ("draft", lambda world: reverse("practice", args=[world.draft.pk, world.draft.slug])),
    "event": ("event", lambda world: reverse("event", args=[world.event.slug])),
    "resource": ("resource", lambda world: reverse("resource", args=[world.resource.slug])),
    "page": ("page", lambda world: reverse("wagtail_serve", args=[f"{world.page.slug}/"])),
    "image": ("image", lambda world: reverse("file", args=[world.image.file.name])),
    "document": ("document", lambda world: reverse("file", args=[world.document.file.name])),
    "loose image": ("loose_image", lambda world: reverse("file", args=[world.loose_image.file.name])),
}


@pytest.mark.parametrize("persona", ["anonymous", "outsider", "lapsed", "revoked"])
@pytest.mark.parametrize("thing", HIDDEN)
def test_hidden_and_absent_are_the_same_bytes(world, thing, persona):
    attribute, address = HIDDEN[thing]
    url = address(world)
    client = client_of(world.personas.named()[persona])
    hidden = client.get(url)
    obj = getattr(world, attribute)
    if attribute == "event":
        obj.registrations.all().delete()
    obj.delete()
    absent = client.get(url)

    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content
    assert dict(hidden.headers) == dict(absent.headers)
