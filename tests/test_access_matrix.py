"""Every route for every kind of visitor: who gets in, and that nobody reads a text they may not see.

A route missing from ROUTES fails the first test. Check it, then add who may see what there.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from unittest.mock import patch
from urllib.parse import unquote

from django.db import transaction
from django.test import Client, TestCase
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone, translation

from community.access import access_of, read_access
from notifications.preferences import unsubscribe_url

from .world import EVERYONE, FEED_TOKEN, GUEST_TOKEN, MODERATORS, NEEDLES, NOBODY, READERS, World

SIGNED_IN = EVERYONE - {"anonymous"}
CONTRIBUTORS = frozenset({"member", "author", "lead"})
LEARNERS = CONTRIBUTORS | {"grace"}
AUTHOR = frozenset({"author"})
MEMBER = frozenset({"member"})
# Every moderator is an organiser of every event.
ORGANISERS = MODERATORS | {"other_moderator"}
HOSTED = ORGANISERS | {"member"}
COLLEAGUES = MODERATORS | {"author", "lead"}


@dataclass(frozen=True)
class Route:
    """The visitors who get in (a status below 400) or are refused with a reason (403). All others get a 404."""

    let_in: frozenset
    told: frozenset = NOBODY
    args: Callable[[World], list] = lambda world: []
    method: str = "get"
    # The request data, chosen so that nothing is refused for another reason.
    data: Callable[[World], dict] = lambda world: {}
    # Anonymous visitors are sent to the sign-in page, whether or not the object exists. Their input is shown to them.
    sign_in: bool = False

    def outcome_for(self, persona: str) -> str:
        if persona == "anonymous" and self.sign_in and self.method == "get":
            return "sign in"
        return "let in" if persona in self.let_in else "told" if persona in self.told else "hidden"


def of_practice(name: str) -> Callable[[World], list]:
    return lambda world: [getattr(world, name).pk]


def of(name: str) -> Callable[[World], list]:
    return lambda world: [getattr(world, name).pk]


def of_collection(world: World) -> list:
    return [world.collection.pk]


def of_invitation(world: World) -> list:
    return [world.co_author.pk]


# Pages for the lead of a school that everyone can see. Others are told why they may not enter.
OF_LEAD = Route(
    frozenset({"lead"}),
    told=SIGNED_IN - {"lead"},
    args=lambda world: [world.personas.school.slug],
    sign_in=True,
)


def of_place(world: World) -> list:
    return [world.event.slug, world.event.registrations.first().pk]


def of_past_event(name: str = "") -> Callable[[World], list]:
    return lambda world: [world.past_event.slug, *([getattr(world, name).pk] if name else [])]


ROUTES = {
    # config
    "health": Route(EVERYONE),
    "file": Route(READERS, args=lambda world: [world.image.file.name]),
    "inbox": Route(SIGNED_IN, sign_in=True),
    "open_message": Route(AUTHOR, args=lambda world: [world.message.pk], sign_in=True),
    "inbox_read_all": Route(SIGNED_IN, method="post", sign_in=True),
    "preferences": Route(SIGNED_IN, sign_in=True),
    "unsubscribe": Route(
        EVERYONE,
        args=lambda world: [unsubscribe_url(world.personas.author, ["reviews"], timezone.now()).rsplit("/", 2)[1]],
    ),
    "gallery": Route(NOBODY),
    # directory
    "school_list": Route(EVERYONE),
    "school": Route(EVERYONE, args=lambda world: [world.personas.school.slug]),
    "edit_school": OF_LEAD,
    "school_pictures": OF_LEAD,
    "preview_school": OF_LEAD,
    "remove_picture": Route(
        frozenset({"lead"}),
        told=SIGNED_IN - {"lead"},
        args=lambda world: [world.personas.school.slug, world.school_waits.pk],
        method="post",
        sign_in=True,
    ),
    # community
    "join": Route(EVERYONE),
    "invitation": Route(EVERYONE, args=lambda world: ["a-token"]),
    "leave_school": Route(frozenset({"author", "lead"}), args=lambda world: [world.personas.school.slug], sign_in=True),
    "colleagues": Route(COLLEAGUES, args=lambda world: [world.personas.school.slug], sign_in=True),
    "remove_colleague": Route(
        COLLEAGUES, args=lambda world: [world.personas.school.slug, colleague(world)], sign_in=True
    ),
    "change_role": Route(
        COLLEAGUES, args=lambda world: [world.personas.school.slug, colleague(world)], method="post", sign_in=True
    ),
    "withdraw_invitation": Route(
        COLLEAGUES,
        args=lambda world: [world.personas.school.slug, world.invitation.pk],
        method="post",
        sign_in=True,
    ),
    "profile": Route(SIGNED_IN, sign_in=True),
    "second_factor": Route(SIGNED_IN, sign_in=True),
    # groups
    "practice_list": Route(EVERYONE),
    "practice_new": Route(CONTRIBUTORS, told=READERS - CONTRIBUTORS),
    "practice_mine": Route(SIGNED_IN, sign_in=True),
    "practice_autosave_new": Route(CONTRIBUTORS, told=READERS - CONTRIBUTORS, method="post"),
    "practice_import": Route(CONTRIBUTORS, told=READERS - CONTRIBUTORS),
    "practice_upload": Route(CONTRIBUTORS, told=READERS - CONTRIBUTORS, args=lambda world: ["images"], method="post"),
    "practice_step": Route(AUTHOR, args=lambda world: [world.draft.pk, "files"], sign_in=True),
    "practice_autosave": Route(AUTHOR, args=of_practice("draft"), sign_in=True, method="post"),
    "practice_take_over": Route(AUTHOR, args=of_practice("draft"), sign_in=True, method="post"),
    "conflict_copy": Route(AUTHOR, args=lambda world: [world.draft.pk, world.words.pk], sign_in=True),
    "conflict_copy_discard": Route(
        AUTHOR, args=lambda world: [world.draft.pk, world.words.pk], sign_in=True, method="post"
    ),
    "practice_imported": Route(AUTHOR, args=of_practice("draft"), sign_in=True),
    "practice_co_authors": Route(AUTHOR, args=of_practice("draft"), sign_in=True),
    "co_author_accept": Route(MEMBER, args=of_invitation, sign_in=True, method="post"),
    "co_author_decline": Route(MEMBER, args=of_invitation, sign_in=True, method="post"),
    "co_author_leave": Route(MEMBER, args=of_invitation, sign_in=True, method="post"),
    "co_author_remove": Route(AUTHOR, args=of_invitation, sign_in=True, method="post"),
    "practice": Route(READERS, args=lambda world: [world.members.pk, "x"]),
    "practice_old_address": Route(READERS, args=of_practice("members")),
    "practice_save": Route(READERS, args=of_practice("members"), sign_in=True, method="post"),
    "practice_saved": Route(SIGNED_IN, sign_in=True),
    "practice_collect": Route(READERS, args=of_practice("members"), sign_in=True),
    "following": Route(SIGNED_IN, sign_in=True),
    "follow": Route(NOBODY, sign_in=True, method="post"),
    "collections": Route(SIGNED_IN, sign_in=True),
    "collection_new": Route(SIGNED_IN, sign_in=True),
    # A school's collection: its members read and edit it, and it is hidden from everyone else.
    "collection": Route(COLLEAGUES - MODERATORS, args=of_collection, sign_in=True),
    "collection_edit": Route(COLLEAGUES - MODERATORS, args=of_collection, sign_in=True),
    "collection_delete": Route(COLLEAGUES - MODERATORS, args=of_collection, sign_in=True, method="post"),
    "collection_change": Route(NOBODY, args=of_collection, sign_in=True, method="post"),
    "practice_edit": Route(AUTHOR, args=of_practice("draft"), sign_in=True),
    "practice_preview": Route(AUTHOR, args=of_practice("draft"), sign_in=True),
    "sign_off_list": Route(frozenset({"lead"}), told=SIGNED_IN - {"lead"}, sign_in=True),
    "sign_off_choice": Route(
        frozenset({"lead"}),
        told=SIGNED_IN - {"lead"},
        args=lambda world: [world.personas.school.slug],
        method="post",
        sign_in=True,
    ),
    "practice_sign_off": Route(frozenset({"lead"}), args=of_practice("to_sign_off"), sign_in=True),
    "practice_appeal": Route(AUTHOR, args=of_practice("draft"), method="post", sign_in=True),
    "practice_still_true": Route(AUTHOR, args=of_practice("draft"), method="post", sign_in=True),
    "practice_history": Route(AUTHOR, args=of_practice("draft"), sign_in=True),
    "practice_export": Route(AUTHOR, args=of_practice("draft"), sign_in=True),
    "practice_submit": Route(AUTHOR, args=of_practice("draft"), sign_in=True, method="post"),
    "practice_withdraw": Route(AUTHOR, args=of_practice("draft"), sign_in=True, method="post"),
    # groups, reuse and discussion
    "practice_discussion": Route(READERS, args=of_practice("members"), sign_in=True),
    "practice_listen": Route(READERS, args=of_practice("members"), method="post"),
    "comment": Route(READERS, args=of("comment"), sign_in=True),
    "comment_versions": Route(READERS, args=of("comment"), sign_in=True),
    "comment_edit": Route(AUTHOR, told=READERS - AUTHOR, args=of("comment")),
    "comment_withdraw": Route(AUTHOR, told=READERS - AUTHOR, args=of("comment"), method="post"),
    "comment_hide": Route(MODERATORS, told=READERS - MODERATORS, args=of("comment")),
    "comment_restore": Route(MODERATORS, args=of("hidden_comment"), method="post"),
    "report_new": Route(READERS - AUTHOR, told=AUTHOR, args=lambda world: ["comment", world.comment.pk], sign_in=True),
    "topic_list": Route(READERS, sign_in=True),
    "people_to_name": Route(CONTRIBUTORS | ORGANISERS, told=frozenset({"grace"})),
    "topic_new": Route(CONTRIBUTORS | ORGANISERS, told=frozenset({"grace"})),
    "topic": Route(READERS, args=lambda world: [world.topic.pk, "x"], sign_in=True),
    "topic_old_address": Route(READERS, args=of("topic"), sign_in=True),
    "topic_change": Route(READERS, args=of("topic"), method="post"),
    "poll_new": Route(MODERATORS | AUTHOR, told=READERS - MODERATORS - AUTHOR, args=of("topic")),
    "poll_vote": Route(
        CONTRIBUTORS | ORGANISERS,
        told=frozenset({"grace"}),
        args=of("topic"),
        method="post",
        data=lambda world: {"option": world.topic.poll.options.first().pk},
    ),
    "poll_change": Route(MODERATORS | AUTHOR, told=READERS - MODERATORS - AUTHOR, args=of("topic"), method="post"),
    "topic_hide": Route(MODERATORS, told=READERS - MODERATORS, args=of("topic")),
    "topic_restore": Route(MODERATORS, args=of("hidden_topic"), method="post"),
    "adoption_list": Route(READERS, args=of_practice("members")),
    "adoption_report": Route(frozenset({"member"}), told=READERS - {"member"}, args=of_practice("members")),
    "adoption_withdraw": Route(
        frozenset({"member"}),
        told=READERS - {"member"},
        args=lambda world: [world.members.pk, world.report.pk],
        method="post",
    ),
    "adoption_hide": Route(
        MODERATORS,
        told=READERS - MODERATORS,
        args=lambda world: [world.members.pk, world.report.pk],
        method="post",
        data=lambda world: {"reason": "It names a pupil."},
    ),
    "adoption_restore": Route(
        MODERATORS, told=READERS - MODERATORS, args=lambda world: [world.members.pk, world.report.pk], method="post"
    ),
    "practice_adapt": Route(CONTRIBUTORS, told=READERS - CONTRIBUTORS, args=of_practice("members")),
    "practice_family": Route(READERS, args=of_practice("members")),
    "practice_read": Route(READERS, args=of_practice("members"), method="post"),
    "practice_impact": Route(frozenset({"author", "lead"}), args=of_practice("members"), sign_in=True),
    "impact_overview": Route(SIGNED_IN, sign_in=True),
    # events
    "events": Route(EVERYONE),
    "event": Route(READERS, args=lambda world: [world.event.slug]),
    "event_register": Route(
        CONTRIBUTORS, told=READERS - CONTRIBUTORS, args=lambda world: [world.event.slug], method="post"
    ),
    "event_accept": Route(READERS, args=lambda world: [world.event.slug], method="post"),
    "event_decline": Route(READERS, args=lambda world: [world.event.slug], method="post"),
    "event_answers": Route(frozenset({"member"}), args=lambda world: [world.event.slug]),
    "event_propose": Route(CONTRIBUTORS, told=READERS - CONTRIBUTORS),
    "event_proposal": Route(AUTHOR, args=lambda world: [world.proposal.pk], sign_in=True),
    # Found through the person's registration, so that someone who lost access can still cancel.
    "event_cancel": Route(frozenset({"member"}), args=lambda world: [world.event.slug], method="post", sign_in=True),
    # For participants. Moderators are organisers, but write for no school.
    "event_to_practice": Route(AUTHOR, told=READERS - AUTHOR, args=of_past_event(), method="post"),
    "event_feedback": Route(AUTHOR, told=READERS - AUTHOR, args=of_past_event()),
    "event_material": Route(AUTHOR, args=of_past_event("recording")),
    "event_organise_registrations": Route(ORGANISERS, told=READERS - ORGANISERS, args=of_past_event()),
    "event_organise_give": Route(ORGANISERS, told=READERS - ORGANISERS, args=of_place, method="post"),
    "event_organise_attendance": Route(ORGANISERS, told=READERS - ORGANISERS, args=of_past_event()),
    "event_attendance_line": Route(ORGANISERS, told=READERS - ORGANISERS, args=of_past_event("line"), method="post"),
    "event_organise_message": Route(ORGANISERS, told=READERS - ORGANISERS, args=of_past_event()),
    "event_organise_materials": Route(ORGANISERS, told=READERS - ORGANISERS, args=of_past_event()),
    "event_organise_material": Route(
        ORGANISERS, told=READERS - ORGANISERS, args=of_past_event("held_back"), method="post"
    ),
    "event_organise_guests": Route(ORGANISERS, told=READERS - ORGANISERS, args=lambda world: [world.open_event.slug]),
    "event_guest_withdraw": Route(
        ORGANISERS,
        told=READERS - ORGANISERS,
        args=lambda world: [world.open_event.slug, world.guest.pk],
        method="post",
    ),
    "event_organise_figures": Route(ORGANISERS, told=READERS - ORGANISERS, args=of_past_event()),
    "event_figures_file": Route(ORGANISERS, told=READERS - ORGANISERS, args=of_past_event()),
    "event_attendance_import": Route(ORGANISERS, told=READERS - ORGANISERS, args=of_past_event(), method="post"),
    "event_ics": Route(READERS, args=lambda world: [world.event.slug]),
    "event_feed_settings": Route(SIGNED_IN, sign_in=True),
    "event_feed_renew": Route(READERS, method="post"),
    "event_feed_revoke": Route(SIGNED_IN, method="post", sign_in=True),
    # The secret is enough, whoever uses it. This one is a member's without registrations.
    "event_feed": Route(EVERYONE, args=lambda world: [FEED_TOKEN]),
    # For people with a place, and organisers. In the matrix the door is still closed.
    "event_join": Route(HOSTED, told=READERS - HOSTED, args=lambda world: [world.event.slug]),
    "event_enter": Route(HOSTED, told=READERS - HOSTED, args=lambda world: [world.event.slug]),
    # The link is enough, whoever uses it.
    "event_guest": Route(EVERYONE, args=lambda world: [world.open_event.slug, GUEST_TOKEN]),
    "event_guest_enter": Route(EVERYONE, args=lambda world: [world.open_event.slug, GUEST_TOKEN]),
    # learning
    "learning": Route(EVERYONE),
    "learning_mine": Route(SIGNED_IN, sign_in=True),
    "resource": Route(READERS, args=lambda world: [world.resource.slug]),
    "learning_done": Route(LEARNERS, told=READERS - LEARNERS, args=lambda world: [world.resource.pk], method="post"),
    "learning_undone": Route(READERS, args=lambda world: [world.resource.pk], method="post"),
    # home
    "dashboard": Route(SIGNED_IN, sign_in=True),
    "search": Route(EVERYONE),
    "suggestions": Route(EVERYONE),
    "practice_feed": Route(EVERYONE),
    "public_event_feed": Route(EVERYONE),
    "robots": Route(EVERYONE),
    "sitemap": Route(EVERYONE),
    "sitemap_section": Route(EVERYONE, args=lambda world: ["practices"]),
    "choose_language": Route(EVERYONE),
    "page_translation": Route(READERS, args=lambda world: [world.page.pk]),
    "feedback": Route(EVERYONE),
    "feedback_sent": Route(EVERYONE),
    # demo, which the tests install and switch off
    "demo_sign_in": Route(NOBODY, args=lambda world: ["teacher"], method="post"),
    "wagtail_serve": Route(READERS, args=lambda world: [f"{world.page.slug}/"]),
}
TURNED_AWAY = {403: "told", 404: "hidden"}
# Package views, wrapped in one decorator for all (config/urls.py).
PACKAGES = {"accounts/": "public", "admin/": "moderators"}


def colleague(world: World) -> int:
    return world.personas.author.memberships.get().pk


def site_patterns(resolver=None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every URL pattern with its full route."""
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


def words_in(response) -> str:
    body = b"".join(response) if response.streaming else response.content
    headers = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    return (body.decode(errors="replace") + unquote(headers)).lower()


@contextmanager
def undone() -> Iterator[None]:
    """Roll back whatever the request changes."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


HIDDEN = {
    "members": lambda world: reverse("practice", args=[world.members.pk, world.members.slug]),
    "draft": lambda world: reverse("practice", args=[world.draft.pk, world.draft.slug]),
    "comment": lambda world: reverse("comment_hide", args=[world.comment.pk]),
    "topic": lambda world: reverse("topic_hide", args=[world.topic.pk]),
    "event": lambda world: reverse("event", args=[world.event.slug]),
    "resource": lambda world: reverse("resource", args=[world.resource.slug]),
    "page": lambda world: reverse("wagtail_serve", args=[f"{world.page.slug}/"]),
    "image": lambda world: reverse("file", args=[world.image.file.name]),
    "document": lambda world: reverse("file", args=[world.document.file.name]),
    "school_waits": lambda world: reverse("file", args=[world.school_waits.image.file.name]),
    "school_refused": lambda world: reverse("file", args=[world.school_refused.image.file.name]),
    "loose_image": lambda world: reverse("file", args=[world.loose_image.file.name]),
    "loose_document": lambda world: reverse("file", args=[world.loose_document.file.name]),
}


SEARCHES = ("search", "suggestions", "practice_list")


class AccessMatrix(TestCase):
    """The access matrix. The world is built once, and every request finds it unchanged."""

    @classmethod
    def setUpTestData(cls):
        cls.world = World()

    def setUp(self):
        # Every request begins in the same world, so each person's access is the same. Reading it takes a third of the
        # time, and the traces of a thousand refusals in the log another twentieth.
        self.enterContext(patch.dict(access_of.__globals__, read_access=cache(read_access)))
        logging.disable(logging.WARNING)
        self.addCleanup(logging.disable, logging.NOTSET)

    def clients(self) -> Iterator[tuple[str, Client]]:
        for persona, user in self.world.personas.named().items():
            client = Client()
            if user:
                client.force_login(user)
            yield persona, client

    def test_who_gets_in_and_reads_what(self):
        """Check who gets in, and that no body or header contains a needle that the persona may not read.

        Views answer HEAD and OPTIONS as they answer GET, so one persona who may read nothing is enough for these.
        """
        found, expected, leaks = {}, {}, set()
        for persona, client in self.clients():
            forbidden = [needle for needle, readers in NEEDLES.items() if persona not in readers]
            for name, route in ROUTES.items():
                address = reverse(name, args=route.args(self.world))
                for method in ("get", "post", "head", "options") if persona == "lapsed" else ("get", "post"):
                    with undone():
                        data = route.data(self.world) if method == route.method else {}
                        response = getattr(client, method)(address, data)
                        words = words_in(response)
                    leaks |= {(persona, method, name, needle) for needle in forbidden if needle in words}
                    if method == route.method:
                        found[name, persona] = outcome_of(response)
                        expected[name, persona] = route.outcome_for(persona)
        assert found == expected
        assert leaks == set()

    def test_search_finds_only_what_the_person_may_see(self):
        searchable = {"publicneedle", "membersneedle", "eventneedle", "pasteventneedle", "resourceneedle", "pageneedle"}
        found, expected = {}, {}
        for persona, client in self.clients():
            # Needles that nobody can search for are tried only by those who may see most.
            for needle in NEEDLES if persona in MODERATORS | AUTHOR else searchable:
                pages = [client.get(reverse(name), {"q": needle}) for name in SEARCHES]
                # The query is also in the search field. A hit repeats it as a title.
                found[persona, needle] = any(f">{needle}<" in words_in(page) for page in pages)
                expected[persona, needle] = needle in searchable and persona in NEEDLES[needle]
        assert found == expected

    def test_hidden_and_absent_are_the_same_bytes(self):
        for persona, client in self.clients():
            if persona in READERS:
                continue
            for thing, address in HIDDEN.items():
                with self.subTest(persona=persona, thing=thing), undone():
                    url = address(self.world)
                    hidden = client.get(url)
                    obj = getattr(self.world, thing)
                    if thing == "event":
                        obj.registrations.all().delete()
                    if thing in ("image", "document"):
                        # A file in use cannot be deleted.
                        type(self.world.members).objects.get(pk=self.world.members.pk).delete()
                    type(obj).objects.get(pk=obj.pk).delete()
                    absent = client.get(url)

                    assert hidden.status_code == absent.status_code == 404
                    assert hidden.content == absent.content
                    assert dict(hidden.headers) == dict(absent.headers)


def outcome_of(response) -> str:
    if response.status_code == 302 and reverse("account_login") in response["Location"]:
        return "sign in"
    if response.status_code in TURNED_AWAY:
        return TURNED_AWAY[response.status_code]
    # A refusal for another reason, such as the method, must not count as getting in.
    assert response.status_code < 400, f"{response.status_code} at {response.wsgi_request.path}"
    return "let in"
