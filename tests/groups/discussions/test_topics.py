"""Discussion topics: who may start, answer, close, pin and mark them, and their order."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from groups.discussions.comments import commenting
from groups.discussions.comments.subscribing import subscribe, unsubscribe
from groups.discussions.errors import DiscussionsError, RefusedError
from groups.discussions.models import Comment, Topic
from groups.discussions.topics import managing
from moderation.hiding.hiding import hide, restore
from notifications.models import Message

from ... import factories
from ...races import at_the_same_time
from ..factories import CommentFactory, TopicFactory
from ..practices.writing.posting import as_

pytestmark = pytest.mark.django_db


def begin(by, **words):
    return managing.begin_topic(**{"by": by, "title": "A question", "text": "Who knows?", "token": uuid4()} | words)


def answer(topic, by, text="I do."):
    return commenting.write(place=topic, by=by, text=text, token=uuid4())


def told(person) -> list[str]:
    return list(Message.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


class TestBeginning:
    def test_the_same_form_twice_is_one_topic_with_one_opening(self):
        person, token = factories.member(), uuid4()
        assert begin(person, token=token) == begin(person, token=token)
        assert Comment.objects.get().is_opening
        assert Topic.objects.get().replies_count == 0

    def test_who_may_not_begin(self):
        for person in (factories.member(in_grace=True), factories.member(lapsed=True), factories.UserFactory()):
            with pytest.raises(RefusedError):
                begin(person)
        with pytest.raises(RefusedError, match="announcements"):
            begin(factories.member(), is_announcement=True)
        with pytest.raises(DiscussionsError):
            begin(factories.member(), text=" ")
        with pytest.raises(DiscussionsError):
            begin(factories.member(), title=" ")
        assert not Topic.objects.exists()

    def test_an_announcement_is_pinned(self):
        assert begin(factories.moderator(), is_announcement=True).is_pinned

    def test_by_form(self, client):
        person = factories.member()
        posted = {"token": str(uuid4()), "title": "Işık", "text": "Nasıl?", "pillar": "agency"}
        sent = as_(client, person).post(reverse("topic_new"), posted)
        topic = Topic.objects.get()
        assert sent["Location"] == f"/en/discussions/{topic.pk}-isik/"
        assert client.post(reverse("topic_new"), posted | {"token": str(uuid4()), "title": ""}).status_code == 422


class TestAnswering:
    def test_who_listens_hears_once_until_they_stop(self):
        asks, helps = factories.member(), factories.member()
        topic = begin(asks)
        answer(topic, helps)
        assert told(asks) == ["discussions/topic_answered"]
        unsubscribe(place=topic, by=asks)
        answer(topic, helps, "And more.")
        assert told(asks) == ["discussions/topic_answered"]
        assert told(helps) == []
        assert Topic.objects.get().replies_count == 2

    def test_a_closed_topic_takes_nothing_more(self):
        topic = TopicFactory()
        managing.close_topic(topic=topic, by=topic.author)
        with pytest.raises(RefusedError, match="closed"):
            answer(topic, factories.member())
        with pytest.raises(RefusedError):
            managing.reopen_topic(topic=topic, by=topic.author)
        managing.reopen_topic(topic=topic, by=factories.moderator("TR"))
        answer(topic, factories.member())

    def test_its_author_or_a_moderator_marks_the_answer(self):
        topic = TopicFactory()
        found = answer(topic, factories.member())
        with pytest.raises(RefusedError):
            managing.mark_answer(topic=topic, answer=found, by=factories.member())
        managing.mark_answer(topic=topic, answer=found, by=topic.author)
        assert Topic.objects.get().answer == found
        managing.unmark_answer(topic=topic, by=factories.moderator("TR"))
        assert Topic.objects.get().answer is None
        for wrong in (CommentFactory(), Comment.objects.in_place(topic).get(is_opening=True)):
            with pytest.raises(DiscussionsError, match="comment from this topic"):
                managing.mark_answer(topic=topic, answer=wrong, by=topic.author)

    def test_a_hidden_answer_is_shown_nowhere(self, client):
        topic = TopicFactory()
        found = answer(topic, factories.member(), "NEEDLE")
        managing.mark_answer(topic=topic, answer=found, by=topic.author)
        hide(thing=found, by=factories.moderator("TR"), reason="No.")
        html = as_(client, factories.member()).get(topic.get_absolute_url()).content
        assert b"NEEDLE" not in html

    def test_the_opening_is_not_withdrawn(self):
        topic = TopicFactory()
        with pytest.raises(RefusedError, match="opens the topic"):
            commenting.withdraw(comment=Comment.objects.in_place(topic).get(), by=topic.author)


class TestSteering:
    def test_only_moderators_of_the_country_pin(self):
        topic = TopicFactory()
        for person in (topic.author, factories.moderator("PT")):
            for verb in (managing.pin_topic, managing.unpin_topic):
                with pytest.raises(RefusedError):
                    verb(topic=topic, by=person)
        managing.pin_topic(topic=topic, by=factories.moderator("TR"))
        assert Topic.objects.get().is_pinned

    def test_others_do_not_close(self):
        with pytest.raises(RefusedError):
            managing.close_topic(topic=TopicFactory(), by=factories.member())

    def test_a_hidden_topic_is_gone_with_all_that_is_in_it(self, client):
        topic = TopicFactory(needle="NEEDLE")
        comment = CommentFactory(topic=topic, text="NEEDLE")
        reader, moderator = factories.member(), factories.moderator("TR")
        hide(thing=topic, by=moderator, reason="No.")
        assert told(topic.author) == ["discussions/words_hidden"]
        as_(client, reader)
        assert b"NEEDLE" not in client.get(reverse("topic_list")).content
        assert client.get(topic.get_absolute_url()).status_code == 404
        assert client.get(comment.get_absolute_url()).status_code == 404
        assert not Comment.objects.visible_to(reader).exists()
        with pytest.raises(RefusedError):
            subscribe(place=topic, by=reader)
        restore(thing=topic, by=moderator)
        assert client.get(topic.get_absolute_url()).status_code == 200


class TestPages:
    def test_the_latest_first_pinned_above_and_every_topic_once(self, client):
        now = timezone.now()
        made = [TopicFactory(last_activity_at=now - timedelta(hours=number)) for number in range(45)]
        pinned = TopicFactory(is_pinned=True, last_activity_at=now - timedelta(days=9))
        as_(client, factories.member())
        found, address = [], reverse("topic_list")
        while address:
            page = client.get(address).context["page"]
            assert page.pinned == ([pinned] if page.is_first else [])
            found += page.topics
            address = page.following and reverse("topic_list") + page.following
        assert found == made

    def test_narrowed_to_a_pillar(self, client):
        TopicFactory(needle="NEEDLE-A", pillar="agency")
        TopicFactory(needle="NEEDLE-B", pillar="leadership")
        html = as_(client, factories.member()).get(reverse("topic_list"), {"pillar": "agency"}).content
        assert b"NEEDLE-A" in html
        assert b"NEEDLE-B" not in html
        assert b"NEEDLE-B" in client.get(reverse("topic_list"), {"pillar": "nonsense", "after": "x-1"}).content

    def test_pages_cost_the_same_for_one_and_thirty(self, client):
        reader, numbers = factories.member(), []
        as_(client, reader)
        for amount in (1, 30):
            topic = TopicFactory()
            for _number in range(amount):
                TopicFactory()
                CommentFactory(topic=topic)
            counted = []
            for page in (reverse("topic_list"), topic.get_absolute_url()):
                client.get(page)
                with CaptureQueriesContext(connection) as queries:
                    client.get(page)
                counted.append(len(queries))
            numbers.append(counted)
        assert numbers[0] == numbers[1]
        assert numbers[0][0] <= 8
        assert numbers[0][1] <= 10

    def test_an_answer_leads_to_the_last_page(self, client):
        topic = TopicFactory()
        for _number in range(12):
            CommentFactory(topic=topic)
        as_(client, factories.member())
        sent = client.post(topic.get_absolute_url(), {"token": str(uuid4()), "text": "The newest"}, follow=True)
        assert "The newest" in sent.content.decode()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_closed_while_somebody_answers_is_counted_right():
    topic, person = TopicFactory(), factories.member()
    raised = at_the_same_time(lambda: managing.close_topic(topic=topic, by=topic.author), lambda: answer(topic, person))
    row = Topic.objects.get()
    assert row.is_closed
    assert row.replies_count == (0 if raised else 1)
    assert all("closed" in str(error) for error in raised)
