"""Comments and subscriptions belong to one place, whatever its model."""

from uuid import uuid4

import pytest
from django.urls import reverse
from wagtail import hooks

from groups.discussions import places
from groups.discussions.comments import commenting
from groups.discussions.comments.subscribing import is_subscribed, subscribe
from groups.discussions.models import Comment, Subscription
from groups.discussions.topics.place import TopicKind
from home.bridges.practice_discussion import PracticeKind

from ... import factories
from ...races import at_the_same_time
from ..factories import CommentFactory, PracticeFactory, TopicFactory
from ..practices.writing.posting import as_

pytestmark = pytest.mark.django_db


@pytest.fixture
def namesakes():
    """Return a practice and a topic with the same primary key, each with a comment beside the topic's opening."""
    practice = PracticeFactory(published=True, pk=4711)
    topic = TopicFactory(pk=4711)
    CommentFactory(practice=practice, text="On the practice")
    CommentFactory(topic=topic, text="In the topic")
    return practice, topic


def texts(comments) -> set[str]:
    return set(comments.filter(is_opening=False).values_list("text", flat=True))


def test_every_model_with_a_discussion_is_registered():
    assert {type(kind) for kind in places.place_kinds()} == {TopicKind, PracticeKind}


def test_places_of_two_models_with_one_key_stay_apart(namesakes, client):
    practice, topic = namesakes
    reader = factories.member()
    assert texts(Comment.objects.in_place(practice)) == {"On the practice"}
    assert texts(Comment.objects.in_place(topic)) == {"In the topic"}
    practice.refresh_from_db()
    topic.refresh_from_db()
    assert (practice.comments_count, topic.replies_count) == (1, 1)
    subscribe(place=topic, by=reader)
    assert (is_subscribed(topic, reader), is_subscribed(practice, reader)) == (True, False)
    as_(client, reader)
    assert "In the topic" not in client.get(reverse("practice_discussion", args=[practice.pk])).text
    assert "On the practice" not in client.get(topic.get_absolute_url()).text
    # Hiding the topic hides no comment on the practice.
    type(topic).objects.filter(pk=topic.pk).update(live=False)
    assert texts(Comment.objects.visible_to(reader)) == {"On the practice"}


def test_comments_on_a_model_that_is_not_registered_are_read_by_nobody(namesakes, monkeypatch):
    assert texts(Comment.objects.visible_to(factories.moderator())) == {"On the practice", "In the topic"}
    monkeypatch.setitem(hooks._hooks, places.PLACES_HOOK, [])
    assert texts(Comment.objects.visible_to(factories.moderator())) == set()


@pytest.mark.parametrize("deleted", [0, 1])
def test_a_deleted_place_takes_its_comments_and_subscriptions_along(namesakes, deleted):
    place, other = namesakes[deleted], namesakes[1 - deleted]
    reader = factories.member()
    for each in namesakes:
        subscribe(place=each, by=reader)
        CommentFactory(**{places.kind_of(each).key: each}, parent=Comment.objects.in_place(each).last(), text="Reply")
    kept = set(Comment.objects.in_place(other))
    place.delete()
    assert set(Comment.objects.all()) == kept
    assert [row.place for row in Subscription.objects.filter(user=reader)] == [other]


def test_threads_are_in_the_order_of_the_place(client):
    practice, topic = PracticeFactory(published=True), TopicFactory()
    for text in ("First", "Second"):
        CommentFactory(practice=practice, text=text)
        CommentFactory(topic=topic, text=text)
    as_(client, factories.member())
    page = client.get(reverse("practice_discussion", args=[practice.pk]))
    assert [shown.comment.shown_text for shown in page.context["threads"]] == ["Second", "First"]
    page = client.get(topic.get_absolute_url())
    assert [shown.comment.shown_text for shown in page.context["threads"]] == ["First", "Second"]


def test_the_thread_of_a_comment_leads_to_the_whole_discussion(namesakes, client):
    practice, topic = namesakes
    as_(client, factories.member())
    discussion = reverse("practice_discussion", args=[practice.pk])
    for place, address in ((practice, discussion), (topic, topic.get_absolute_url())):
        comment = Comment.objects.in_place(place).last()
        reply = CommentFactory(**{places.kind_of(place).key: place}, parent=comment, text="Reply")
        page = client.get(reply.get_absolute_url())
        (thread,) = page.context["threads"]
        assert (thread.comment, [row.comment for row in thread.replies]) == (comment, [reply])
        assert page.context["whole"] == address


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_written_while_the_place_is_deleted_leaves_nothing_behind():
    practice, person = PracticeFactory(published=True), factories.member()
    at_the_same_time(
        practice.delete, lambda: commenting.write(place=practice, by=person, text="A question", token=uuid4())
    )
    assert not type(practice).objects.filter(pk=practice.pk).exists()
    assert not Comment.objects.exists()
