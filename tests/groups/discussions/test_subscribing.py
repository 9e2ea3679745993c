"""Subscribing to the comments on a practice."""

from uuid import uuid4

import pytest
from django.urls import reverse

from groups.discussions.comments import commenting
from groups.discussions.comments.subscribing import subscribe, unsubscribe
from groups.discussions.errors import RefusedError
from groups.discussions.models import Subscription
from notifications.models import Message

from ... import factories
from ...races import at_the_same_time
from ..factories import PracticeFactory
from ..practices.writing.posting import as_

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return PracticeFactory(published=True)


def write(practice, by):
    return commenting.write(place=practice, by=by, text="A question", token=uuid4())


def told(person) -> list[str]:
    return list(Message.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


def test_who_listens_hears_once_until_they_stop(practice):
    person, writer = factories.member(), factories.member()
    subscribe(place=practice, by=person)
    subscribe(place=practice, by=person)
    write(practice, writer)
    assert told(person) == ["discussions/topic_answered"]
    unsubscribe(place=practice, by=person)
    unsubscribe(place=practice, by=person)
    write(practice, writer)
    assert told(person) == ["discussions/topic_answered"]
    assert told(writer) == []


def test_of_another_practice_they_hear_nothing(practice):
    person = factories.member()
    subscribe(place=practice, by=person)
    write(PracticeFactory(published=True), factories.member())
    assert told(person) == []


def test_an_author_who_listens_hears_as_author_alone(practice):
    subscribe(place=practice, by=practice.author)
    write(practice, factories.member())
    assert told(practice.author) == ["discussions/practice_commented"]


def test_whose_label_ended_hears_nothing(practice):
    person = factories.member(lapsed=True)
    Subscription.objects.create(place=practice, user=person)
    write(practice, factories.member())
    assert told(person) == []


def test_only_to_what_is_there_to_be_read(practice):
    for person, place in ((factories.member(lapsed=True), practice), (practice.author, PracticeFactory())):
        with pytest.raises(RefusedError, match="discussions you can read"):
            subscribe(place=place, by=person)
    assert not Subscription.objects.exists()


def test_by_the_button(practice, client):
    person, page = factories.member(), reverse("practice_discussion", args=[practice.pk])
    send = reverse("practice_listen", args=[practice.pk])
    as_(client, person)
    assert 'value="subscribe"' in client.get(page).text
    assert client.post(send, {"do": "subscribe"})["Location"] == page
    assert list(Subscription.objects.values_list("user", "place_id")) == [(person.pk, practice.pk)]
    assert 'value="unsubscribe"' in client.get(page).text
    client.post(send, {"do": "unsubscribe"})
    assert not Subscription.objects.exists()


def test_authors_hear_anyway_and_are_offered_nothing(practice, client):
    html = as_(client, practice.author).get(reverse("practice_discussion", args=[practice.pk])).text
    assert 'value="subscribe"' not in html


def test_the_message_says_why_it_came(practice):
    person = factories.member()
    subscribe(place=practice, by=person)
    write(practice, factories.member())
    assert "the discussion of this practice" in Message.objects.get(recipient=person).text


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_button_pressed_twice_at_once(practice):
    person = factories.member()
    assert at_the_same_time(*[lambda: subscribe(place=practice, by=person)] * 4) == []
    assert Subscription.objects.count() == 1
