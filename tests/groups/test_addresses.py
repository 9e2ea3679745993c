"""Addresses of practices and topics: no title is taken for an action, and the old form leads to the new one."""

import re
from collections.abc import Iterator

import pytest
from django.urls import get_resolver, resolve
from django.utils import translation

from groups.discussions.models import Topic
from groups.practices.models import Practice

from .factories import PracticeFactory, TopicFactory
from .practices.writing.posting import as_

pytestmark = pytest.mark.django_db


def routes(resolver=None, prefix: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern, route)
        else:
            yield route


def words_of(folder: str = "") -> list[str]:
    """Return every literal path segment of the site, or of the routes in a folder."""
    with translation.override("en"):
        found = [re.sub("<[^>]*>", "/", route) for route in routes()]
    segments = {
        segment for route in found if route.startswith(f"en/{folder}" if folder else "") for segment in route.split("/")
    }
    return sorted(segment for segment in segments if re.fullmatch(r"[A-Za-z][\w-]*", segment))


def test_no_word_of_any_route_is_taken_for_an_action():
    words = words_of()
    assert {"hide", "change", "restore", "edit", "discussion", "collect", "practices"} <= {*words}
    for word in words:
        for thing, name in ((Practice(pk=5, title=word), "practice"), (Topic(pk=5, title=word), "topic")):
            assert resolve(thing.get_absolute_url()).url_name == name, word


def published_or_live(make, **words):
    return make(**words, **({"published": True} if make is PracticeFactory else {}))


@pytest.mark.parametrize(("make", "folder"), [(PracticeFactory, "practices"), (TopicFactory, "discussions")])
class TestAddresses:
    def test_a_page_opens_whatever_its_title(self, client, personas, make, folder):
        thing = published_or_live(make, author=personas.author, school=personas.school)
        as_(client, personas.member)
        for title in [*(word.capitalize() for word in words_of(folder)), "!!!", "12", "3-hide"]:
            type(thing).objects.update(title=title)
            thing.title = title
            page = client.get(thing.get_absolute_url())
            assert page.status_code == 200, title
            assert re.search(rf">\s*{title}\s*</h1>", page.content.decode()), title

    def test_the_old_form_leads_to_the_new_one_for_good(self, client, personas, make, folder):
        thing = published_or_live(make, title="Light map", author=personas.author, school=personas.school)
        as_(client, personas.member)
        assert thing.get_absolute_url() == f"/en/{folder}/{thing.pk}-light-map/"
        for old in ("", "light-map/", "another-title/"):
            answer = client.get(f"/en/{folder}/{thing.pk}/{old}")
            assert (answer.status_code, answer["Location"]) == (301, thing.get_absolute_url())
        wrong = client.get(f"/en/{folder}/{thing.pk}-another-title/")
        assert (wrong.status_code, wrong["Location"]) == (302, thing.get_absolute_url())

    def test_actions_keep_theirs(self, make, folder):
        with translation.override("en"):
            actions = re.findall(rf"(?<=en/{folder}/)<int:pk>/[\w/-]+/$", "\n".join(routes()), re.MULTILINE)
        assert len(actions) > 5
        for action in actions:
            found = resolve(f"/en/{folder}/{action.replace('<int:pk>', '5')}").url_name
            assert not found.endswith("old_address"), action

    def test_hidden_and_absent_are_the_same_bytes(self, client, personas, make, folder):
        thing = published_or_live(make, title="NEEDLE", author=personas.author, school=personas.school)
        outside = [personas.anonymous, personas.outsider, personas.lapsed, personas.revoked]
        addresses = [f"/en/{folder}/{thing.pk}{end}" for end in ("/", "/needle/", "/x/", "-needle/", "-x/")]

        def answers() -> list[tuple]:
            found = [as_(client, user).get(address) for user in outside for address in addresses]
            return [(answer.status_code, answer.content, dict(answer.headers)) for answer in found]

        hidden = answers()
        assert {status for status, *_ in hidden} == ({404} if folder == "practices" else {302, 404})
        thing.delete()
        assert answers() == hidden
