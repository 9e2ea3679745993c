"""Polls in a topic: who may create them, who may vote, and when results show."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from community.sanctions import suspend
from groups.discussions.errors import DiscussionsError, RefusedError
from groups.discussions.models import Ballot, Poll
from groups.discussions.polls import polling
from groups.discussions.topics import managing
from moderation.hiding.hiding import hide

from ... import factories
from ..factories import CommentFactory, TopicFactory
from ..practices.writing.posting import as_

pytestmark = pytest.mark.django_db


def poll_in(topic=None, options=("Points", "A draw", "Secret votes"), **words) -> Poll:
    topic = topic or TopicFactory()
    return polling.add_poll(topic=topic, by=topic.author, question="How?", options=options, **words)


def over(poll: Poll) -> Poll:
    Poll.objects.filter(pk=poll.pk).update(ends_at=timezone.now() - timedelta(minutes=1))
    return poll


def keys(poll: Poll, *places: int) -> list[int]:
    options = list(poll.options.values_list("pk", flat=True))
    return [options[place] for place in places]


def vote(poll: Poll, by, *places: int) -> Ballot:
    return polling.vote(topic=poll.topic, by=by, options=keys(poll, *places))


def numbers(poll: Poll) -> list[int]:
    return [option.number for option in poll.counted_for(None)]


class TestAsking:
    def test_its_author_and_moderators_ask(self):
        topic = TopicFactory()
        words = {"question": "How?", "options": ["a", "b"]}
        for person in (factories.member(), factories.moderator("PT")):
            with pytest.raises(RefusedError, match="author and moderators"):
                polling.add_poll(topic=topic, by=person, **words)
        polling.add_poll(topic=topic, by=factories.moderator("TR"), **words)
        assert Poll.objects.get().question == "How?"

    def test_the_same_form_twice_is_one_poll_and_another_question_needs_another_topic(self):
        poll = poll_in()
        assert poll_in(poll.topic) == poll
        with pytest.raises(DiscussionsError, match="already has a poll"):
            poll_in(poll.topic, options=("x", "y"))
        assert numbers(poll) == [0, 0, 0]

    @pytest.mark.parametrize(
        ("options", "reason"),
        [
            (["one", " "], r"yours has 1\."),
            ([str(number) for number in range(11)], r"yours has 11\."),
            (["a", "b", "a "], "“a” is listed twice"),
            (["a", "b" * 121], "up to 120 characters"),
        ],
    )
    def test_options_that_are_none(self, options, reason):
        with pytest.raises(DiscussionsError, match=reason):
            poll_in(options=options)
        assert not Poll.objects.exists()

    def test_no_question_no_end_in_the_past_nothing_in_a_closed_topic(self):
        topic = TopicFactory()
        with pytest.raises(DiscussionsError, match="Ask something"):
            polling.add_poll(topic=topic, by=topic.author, question=" ", options=["a", "b"])
        with pytest.raises(DiscussionsError, match="in the future"):
            poll_in(topic, ends_at=timezone.now() - timedelta(seconds=1))
        managing.close_topic(topic=topic, by=topic.author)
        with pytest.raises(RefusedError, match="closed"):
            poll_in(topic)
        assert not Poll.objects.exists()

    def test_by_form_with_what_was_typed_when_it_is_refused(self, client):
        topic = TopicFactory()
        as_(client, topic.author)
        page = reverse("poll_new", args=[topic.pk])
        typed = {"question": "Nasıl?", "options": "Puan\n\n", "takes_several": "on", "ends_at": "2001-01-01T10:00"}
        refused = client.post(page, typed)
        assert refused.status_code == 422
        assert {"options", "ends_at"} == set(refused.context["form"].errors)
        assert "Nasıl?" in refused.content.decode()
        sent = client.post(page, typed | {"options": "Puan\r\nKura\r\n", "ends_at": ""})
        assert sent["Location"].endswith("#poll")
        poll = Poll.objects.get()
        assert ([str(option) for option in poll.options.all()], poll.takes_several) == (["Puan", "Kura"], True)
        assert client.get(page)["Location"] == f"{topic.get_absolute_url()}#poll"

    def test_taken_away_while_nobody_has_voted(self, client):
        poll = poll_in()
        with pytest.raises(RefusedError):
            polling.take_away(topic=poll.topic, by=factories.member())
        vote(poll, factories.member(), 0)
        with pytest.raises(DiscussionsError, match="already voted"):
            polling.take_away(topic=poll.topic, by=poll.topic.author)
        Ballot.objects.all().delete()
        polling.take_away(topic=poll.topic, by=poll.topic.author)
        assert not Poll.objects.exists()
        # Sent from a form opened earlier.
        late = as_(client, factories.member()).post(reverse("poll_vote", args=[poll.topic_id]), {"option": "1"})
        assert late.status_code == 422
        assert "This poll no longer exists." in late.content.decode()


class TestVoting:
    def test_one_ballot_that_may_change(self):
        poll, person = poll_in(), factories.member()
        vote(poll, person, 0)
        vote(poll, person, 2)
        vote(poll, person, 2)
        vote(poll, factories.member(), 2)
        assert numbers(poll) == [0, 0, 2]
        assert Ballot.objects.count() == 2

    def test_several_only_where_several_may_be_chosen(self):
        poll = poll_in()
        with pytest.raises(DiscussionsError, match="Choose one option"):
            vote(poll, factories.member(), 0, 1)
        several = poll_in(takes_several=True)
        vote(several, factories.member(), 0, 1)
        assert (numbers(poll), numbers(several)) == ([0, 0, 0], [1, 1, 0])

    def test_nothing_and_what_stands_elsewhere_is_no_choice(self):
        poll, other = poll_in(), poll_in()
        with pytest.raises(DiscussionsError, match="Choose an option first"):
            vote(poll, factories.member())
        with pytest.raises(DiscussionsError, match="no longer available"):
            polling.vote(topic=poll.topic, by=factories.member(), options=keys(other, 0))
        assert not Ballot.objects.exists()

    def test_who_does_not_vote(self):
        poll, stopped = poll_in(), factories.member()
        until = timezone.now().date() + timedelta(days=7)
        suspend(person=stopped, by=factories.moderator(), reason="Calm down.", until=until)
        reads = factories.member(in_grace=True)
        for person in (stopped, reads, factories.member(lapsed=True), factories.UserFactory()):
            with pytest.raises(RefusedError):
                vote(poll, person, 0)
        hide(thing=poll.topic, by=factories.moderator("TR"), reason="No.")
        with pytest.raises(RefusedError):
            vote(poll, factories.member(), 0)
        assert not Ballot.objects.exists()

    @pytest.mark.parametrize("how", ["its moment", "its author", "the topic closes"])
    def test_after_the_end_nothing_counts_and_the_answer_says_so(self, client, how):
        poll, early, late = poll_in(), factories.member(), factories.member()
        vote(poll, early, 0)
        if how == "its moment":
            over(poll)
        elif how == "its author":
            polling.end_poll(topic=poll.topic, by=poll.topic.author)
        else:
            managing.close_topic(topic=poll.topic, by=poll.topic.author)
        page = reverse("poll_vote", args=[poll.topic_id])
        sent = as_(client, late).post(page, {"option": keys(poll, 1)})
        assert sent.status_code == 409
        assert "so it wasn’t counted. Here’s how the others voted:" in sent.content.decode()
        sent = as_(client, early).post(page, {"option": keys(poll, 1)})
        assert sent.status_code == 409
        assert "so your earlier vote counts" in sent.content.decode()
        assert numbers(poll) == [1, 0, 0]

    def test_who_ends_it_and_that_the_log_tells(self):
        poll = poll_in()
        with pytest.raises(RefusedError):
            polling.end_poll(topic=poll.topic, by=factories.member())
        moderator = factories.moderator("TR")
        polling.end_poll(topic=poll.topic, by=moderator)
        ended = Poll.objects.get().ends_at
        polling.end_poll(topic=poll.topic, by=moderator)
        assert Poll.objects.get().ends_at == ended
        assert ModelLogEntry.objects.filter(action=polling.ENDED, user=moderator).count() == 1


class TestReading:
    def test_the_numbers_show_after_voting_or_after_the_end(self, client):
        poll, reader = poll_in(), factories.member()
        vote(poll, factories.member(), 1)
        as_(client, reader)
        before = client.get(poll.topic.get_absolute_url())
        assert b'class="bars' not in before.content
        assert b"100 %" not in before.content
        assert "You’ll see the results once you’ve voted." in before.content.decode()
        client.post(reverse("poll_vote", args=[poll.topic_id]), {"option": keys(poll, 0)})
        after = client.get(poll.topic.get_absolute_url()).content.decode()
        assert "Points (your choice)" in after
        assert "1 · 50 %" in after
        ended = as_(client, factories.member()).get(over(poll).topic.get_absolute_url()).content.decode()
        assert "1 · 50 %" in ended
        assert 'name="option"' not in ended

    def test_nobody_reads_who_chose_what(self, client):
        poll = poll_in()
        voter = factories.MembershipFactory(user__name="NEEDLE").user
        vote(poll, voter, 1)
        for person in (factories.member(), factories.moderator("TR"), poll.topic.author):
            as_(client, person)
            client.post(reverse("poll_vote", args=[poll.topic_id]), {"option": keys(poll, 0)})
            assert b"NEEDLE" not in client.get(poll.topic.get_absolute_url()).content

    def test_a_ballot_stays_when_its_voter_goes(self):
        poll, person = poll_in(), factories.UserFactory()
        school = factories.MembershipFactory(user=person)
        vote(poll, person, 1)
        school.delete()
        person.delete()
        assert numbers(poll) == [0, 1, 0]

    def test_who_reads_without_voting_is_told_why(self, client):
        poll = poll_in()
        html = as_(client, factories.member(in_grace=True)).get(poll.topic.get_absolute_url()).content.decode()
        assert "but you can’t contribute" in html
        assert 'name="option"' not in html

    def test_a_hidden_topic_offers_nothing_that_would_be_refused(self, client):
        poll, moderator = poll_in(), factories.moderator("TR")
        page = as_(client, moderator)
        offered = [reverse("poll_vote", args=[poll.topic_id]), reverse("poll_change", args=[poll.topic_id])]
        before = page.get(poll.topic.get_absolute_url()).content.decode()
        assert [address for address in offered if address in before] == offered
        hide(thing=poll.topic, by=moderator, reason="No.")
        html = page.get(poll.topic.get_absolute_url()).content.decode()
        assert "How?" in html
        assert [address for address in offered if address in html] == []

    def test_costs_the_same_for_one_and_thirty_ballots(self, client):
        reader, counted = factories.member(), []
        for amount in (1, 30):
            poll = poll_in()
            for _number in range(amount):
                CommentFactory(topic=poll.topic)
                vote(poll, factories.member(), 0)
            vote(poll, reader, 0)
            as_(client, reader).get(poll.topic.get_absolute_url())
            with CaptureQueriesContext(connection) as queries:
                client.get(poll.topic.get_absolute_url())
            counted.append(len(queries))
        assert counted[0] == counted[1]
        assert counted[0] <= 10

    def test_the_list_says_that_there_is_one(self, client):
        poll_in()
        over(poll_in())
        html = as_(client, factories.member()).get(reverse("topic_list")).content.decode()
        assert html.count("Poll ended") == 1
        assert html.count("#list") >= 2
