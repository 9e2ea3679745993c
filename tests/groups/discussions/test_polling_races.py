"""Polls under concurrent actions of several people, or of one in several windows."""

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from django.db import IntegrityError, connection
from django.db.models import QuerySet

from groups.discussions.models import Ballot, Poll, Topic
from groups.discussions.polls import polling

from ... import factories
from ...races import at_the_same_time
from .test_polling import keys, numbers, poll_in, vote

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def windows(poll: Poll, by) -> list[Callable]:
    """Return votes of one person in six windows, for different options."""
    return [lambda place=place: vote(poll, by, place % 3) for place in range(6)]


def test_two_windows_of_one_person_are_one_ballot():
    poll, person = poll_in(), factories.member()
    raised = at_the_same_time(*windows(poll, person))
    assert raised == []
    assert Ballot.objects.count() == 1
    assert sum(numbers(poll)) == 1


def test_without_the_lock_the_database_still_keeps_one(monkeypatch):
    """Negative control: the lock matters, and the constraint backs it up."""
    _needs_several_writers()
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, *args, **kwargs: rows)
    raised = []
    for _try in range(10):
        poll, person = poll_in(), factories.member()
        raised += at_the_same_time(*windows(poll, person))
        assert Ballot.objects.filter(poll=poll).count() == 1
    assert any(isinstance(error, IntegrityError) and "one_ballot_per_person" in str(error) for error in raised)


def test_a_ballot_is_before_the_end_or_not_at_all():
    assert _ballots_after_the_end() == 0


def test_without_the_lock_one_would_slip_in_after_the_end(monkeypatch):
    """Negative control: the test above does detect the race."""
    _needs_several_writers()
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, *args, **kwargs: rows)
    assert _ballots_after_the_end() == 1


def _needs_several_writers() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one transaction write at a time, with the lock and without it.")


def _ballots_after_the_end() -> int:
    """Race a slow vote against ending the poll. Return the number of ballots added after its end."""
    poll, person, seen = poll_in(), factories.member(), []
    looked, ended = Event(), Event()

    def slow_choice() -> Iterator[int]:
        looked.set()
        ended.wait(1)
        yield from keys(poll, 0)

    def ends() -> None:
        looked.wait(30)
        polling.end_poll(topic=poll.topic, by=poll.topic.author)
        seen.append(Ballot.objects.count())
        ended.set()

    raised = at_the_same_time(lambda: polling.vote(topic=poll.topic, by=person, options=slow_choice()), ends)
    assert raised == []
    assert Topic.objects.get().poll.is_over()
    return Ballot.objects.count() - seen[0]
