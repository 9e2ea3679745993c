"""Rate limits: a friendly response, and nothing typed is lost."""

from uuid import uuid4

import pytest
from django.urls import reverse

from community import rate_limits as pace
from groups.discussions.models import Comment, Topic
from moderation.models import Report

from .. import factories
from ..groups.discussions.test_polling import keys, numbers, poll_in
from ..groups.factories import CommentFactory, PracticeFactory, TopicFactory
from ..groups.practices.writing.posting import as_

pytestmark = pytest.mark.django_db

KIND = "Your text is safe. Wait a little, then send it again."


@pytest.fixture
def at_most(monkeypatch):
    """Allow each person this many actions of a kind."""

    def limit(number: int) -> None:
        asked = []

        def consume(request, *, action: str) -> bool:
            asked.append((action, request.user.pk))
            return asked.count(asked[-1]) <= number

        monkeypatch.setattr(pace, "consume", consume)

    return limit


def test_the_limits_are_each_persons_own(client):
    practice = PracticeFactory(published=True)
    page = reverse("practice_discussion", args=[practice.pk])
    first, second = factories.member(), factories.member()
    as_(client, first)
    sent = [client.post(page, {"text": f"Number {n}", "token": uuid4()}).status_code for n in range(7)]
    assert sent == [302] * 6 + [429]
    assert as_(client, second).post(page, {"text": "Another", "token": uuid4()}).status_code == 302
    assert Comment.objects.count() == 7


def test_a_comment_comes_back_with_its_words(client, at_most):
    at_most(0)
    topic, person = TopicFactory(), factories.member()
    for place in (topic.get_absolute_url(), reverse("practice_discussion", args=[PracticeFactory(published=True).pk])):
        sent = as_(client, person).post(place, {"text": "Long thought about", "token": uuid4()})
        html = sent.content.decode()
        assert (sent.status_code, KIND in html, "Long thought about" in html) == (429, True, True)


def test_an_answer_and_a_changed_comment_come_back_too(client, at_most):
    at_most(0)
    comment = CommentFactory()
    as_(client, comment.author)
    for place, words in (
        (reverse("practice_discussion", args=[comment.place_id]), {"parent": comment.pk, "token": uuid4()}),
        (reverse("comment_edit", args=[comment.pk]), {}),
    ):
        sent = client.post(place, {"text": "Long thought about"} | words)
        html = sent.content.decode()
        assert (sent.status_code, KIND in html, "Long thought about" in html) == (429, True, True)
    assert Comment.objects.get().text == comment.text


def test_a_topic_a_report_and_a_vote(client, at_most):
    at_most(0)
    poll, comment = poll_in(), CommentFactory()
    as_(client, factories.member())
    typed = {"title": "A title", "text": "Long thought about", "token": uuid4(), "reason": "Long thought about"}
    for place in (reverse("topic_new"), reverse("report_new", args=["comment", comment.pk])):
        sent = client.post(place, typed)
        html = sent.content.decode()
        assert (sent.status_code, KIND in html, "Long thought about" in html) == (429, True, True)
    sent = client.post(reverse("poll_vote", args=[poll.topic_id]), {"option": keys(poll, 0)})
    assert (sent.status_code, KIND in sent.content.decode()) == (429, True)
    assert f'id="option-{keys(poll, 0)[0]}" checked' in sent.content.decode()
    assert (Topic.objects.count(), Report.objects.count(), numbers(poll)) == (1, 0, [0, 0, 0])


def test_looking_and_refused_forms_count_for_nothing(client, at_most):
    at_most(1)
    topic = TopicFactory()
    as_(client, factories.member())
    for _number in range(3):
        client.get(topic.get_absolute_url())
        assert client.post(topic.get_absolute_url(), {"text": "", "token": uuid4()}).status_code == 422
    assert client.post(topic.get_absolute_url(), {"text": "Now", "token": uuid4()}).status_code == 302
