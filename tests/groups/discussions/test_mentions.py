"""Suggestions after an @: only people the writer may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from content.search import fold
from groups.discussions.mentions import naming as mentions

from ... import factories
from ..factories import CommentFactory, PracticeFactory, TopicFactory
from ..practices.writing.posting import as_

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return factories.member()


def colleague(writer, name: str, **fields):
    return factories.MembershipFactory(school=writer.memberships.get().school, user__name=name, **fields).user


def proposed(client, writer, typed: str = "", **place) -> list[str]:
    answer = as_(client, writer).get(reverse("people_to_name"), {"q": typed} | place)
    return [person["name"] for person in answer.json()["people"]]


def test_colleagues_by_the_beginning_of_any_name_however_it_is_typed(client, writer):
    for name in ("Işıl Çınar", "Ali Işık", "Zeynep Kaya"):
        colleague(writer, name)
    factories.MembershipFactory(user__name="Işıl Stranger")
    assert proposed(client, writer, "ISI") == ["Ali Işık", "Işıl Çınar"]
    assert proposed(client, writer, "işıl ç") == ["Işıl Çınar"]
    assert proposed(client, writer, "kaya") == ["Zeynep Kaya"]
    assert proposed(client, writer, "ynep") == []
    assert proposed(client, writer) == ["Ali Işık", "Işıl Çınar", "Zeynep Kaya"]


def test_in_the_order_of_the_alphabet_on_every_database(client, writer):
    for name in ("Zeynep Kaya", "Işıl Kaya", "Işıl Çınar"):
        colleague(writer, name)
    assert proposed(client, writer) == ["Işıl Çınar", "Işıl Kaya", "Zeynep Kaya"]


def test_who_wrote_the_practice_and_who_talks_here(client, writer):
    practice = PracticeFactory(published=True)
    talks = CommentFactory(practice=practice).author
    elsewhere = CommentFactory()
    topic = TopicFactory()
    assert set(proposed(client, writer, practice=practice.pk)) == {practice.author.name, talks.name}
    assert proposed(client, writer, topic=topic.pk) == [topic.author.name]
    assert elsewhere.author.name not in proposed(client, writer, practice=practice.pk)
    assert proposed(client, topic.author, topic=topic.pk) == []


def test_nobody_who_does_not_read_any_more(client, writer):
    practice = PracticeFactory(published=True)
    for states in ({"lapsed": True}, {"revoked": True}):
        person = factories.member(**states)
        CommentFactory(practice=practice, author=person, school=person.memberships.get().school)
    gone = colleague(writer, "Gone Away")
    gone.is_active = False
    gone.save()
    CommentFactory(practice=practice, text="hidden", live=False)
    graced = factories.member(in_grace=True)
    CommentFactory(practice=practice, author=graced, school=graced.memberships.get().school)
    assert set(proposed(client, writer, practice=practice.pk)) == {practice.author.name, graced.name}


def test_moderators_who_talk_here_once_each_and_without_a_school(client, writer):
    topic, moderator = TopicFactory(), factories.moderator("TR")
    factories.SupportOrganisationFactory(countries=["PT"], moderators=[moderator])
    factories.moderator("TR")
    CommentFactory(topic=topic, author=moderator, school=None)
    answer = as_(client, writer).get(reverse("people_to_name"), {"topic": topic.pk})
    schools = sorted((person["name"], bool(person["school"])) for person in answer.json()["people"])
    assert schools == sorted([(topic.author.name, True), (moderator.name, False)])


def test_only_for_who_writes_and_only_of_what_they_read(client, writer):
    page, topic = reverse("people_to_name"), TopicFactory(live=False, hidden_reason="No.")
    draft = PracticeFactory()
    assert as_(client, factories.member(in_grace=True)).get(page).status_code == 403
    assert as_(client, factories.member(lapsed=True)).get(page).status_code == 404
    as_(client, writer)
    for place in ({"topic": topic.pk}, {"practice": draft.pk}, {"topic": "x"}, {"practice": "9" * 30}):
        assert client.get(page, place).status_code == 404


def test_a_few_and_their_school_at_the_same_cost(client, writer):
    colleague(writer, "Ana One")
    page, counted = reverse("people_to_name"), []
    as_(client, writer)
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            people = client.get(page, {"q": "ana"}).json()["people"]
        counted.append(len(queries))
        for number in range(30):
            colleague(writer, f"Ana {number}")
    assert people == [
        {"name": "Ana " + each["name"][4:], "school": writer.memberships.get().school.name} for each in people
    ]
    assert (len(people), counted[0]) == (8, counted[1])


def test_a_text_full_of_signs_compares_each_name_once(monkeypatch, writer):
    """Folding each name again for each of 5,000 @ took 13 seconds with sixty people."""
    ana, topic = colleague(writer, "Ana One"), TopicFactory()
    people = mentions.mentionable(writer, topic).count()
    folded = []
    monkeypatch.setattr(mentions, "fold", lambda text: folded.append(text) or fold(text))
    assert mentions.named_in("@" * 100 + "@Ana One, look", writer, topic) == [ana]
    assert len(folded) == 101 + people
