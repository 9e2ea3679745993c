"""Concurrent moderation: places, reviews, decisions and sign-offs each happen once."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection
from django.db.models import QuerySet

from groups.practices.errors import PracticesError
from groups.practices.models import Outcome, Practice, ReviewRound
from groups.practices.review.deciding import decide
from groups.practices.review.reviewing import claim, hand_in, release
from groups.practices.review.rounds import open_round
from groups.practices.review.sign_off import choose_sign_off, sign_off
from groups.practices.writing import withdraw

from ....factories import MembershipFactory, moderator
from ..reviewing import draft, kinds, review, submitted

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def at_once(*acts: Callable) -> list[str]:
    """Run the acts concurrently. Return each error message, or '' for those that succeeded."""
    ready, told = Barrier(len(acts)), [""] * len(acts)

    def work(number: int, act: Callable) -> None:
        if connection.vendor == "sqlite":
            connection.cursor().execute("PRAGMA busy_timeout = 120000")
        ready.wait(30)
        try:
            act()
        except (PracticesError, IntegrityError) as refused:
            told[number] = f"{type(refused).__name__}: {refused}"
        finally:
            connection.close()

    threads = [Thread(target=work, args=row) for row in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def claims(people, practice) -> list[Callable]:
    return [lambda person=person: claim(practice=practice, by=person) for person in people]


def test_two_places_for_four_reviewers():
    people = [moderator("TR") for _number in range(4)]
    practice = submitted()
    told = at_once(*claims(people, practice))
    assert sorted(told)[:2] == ["", ""]
    assert all("All reviewer places are taken" in words for words in sorted(told)[2:])
    assert [row.seat for row in open_round(practice).held_reviews] == [1, 2]


def test_without_the_lock_the_database_still_gives_each_place_once(monkeypatch):
    """Negative control: the lock matters, and the constraint backs it up."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one transaction write at a time, with the lock and without it.")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, *args, **kwargs: rows)
    people = [moderator("TR") for _number in range(8)]
    refused = []
    for _try in range(10):
        practice = submitted()
        refused += at_once(*claims(people, practice))
        seats = [row.seat for row in open_round(practice).held_reviews]
        assert len(seats) == len(set(seats)) <= 2
    assert any("one_review_per_place" in words for words in refused)


def test_both_reviewers_hand_in_at_once_and_it_is_carried_out_once():
    pair = [moderator("TR"), moderator("TR")]
    practice = submitted()
    for person in pair:
        claim(practice=practice, by=person)
    typed = draft(practice, Outcome.RETURN)
    told = at_once(*(lambda person=person: hand_in(practice=practice, by=person, draft=typed) for person in pair))
    assert told == ["", ""]
    assert Practice.objects.get().status == "returned"
    assert kinds(practice.author) == ["practices/practice_returned"]


def test_release_against_handing_in():
    person, _other = moderator("TR"), moderator("TR")
    practice = submitted()
    claim(practice=practice, by=person)
    typed = draft(practice)
    told = at_once(
        lambda: hand_in(practice=practice, by=person, draft=typed), lambda: release(practice=practice, by=person)
    )
    held = open_round(practice).held_reviews
    assert sorted(map(bool, told)) == [False, True]
    assert bool(held) is (told[0] == "")


def test_taken_back_while_the_last_review_is_handed_in():
    person = moderator("TR")
    practice = submitted()
    claim(practice=practice, by=person)
    typed = draft(practice)
    at_once(
        lambda: hand_in(practice=practice, by=person, draft=typed),
        lambda: withdraw(practice=practice, by=practice.author),
    )
    row, decided = Practice.objects.get(), ReviewRound.objects.get().outcome
    assert row.live is (decided == Outcome.PUBLISH)
    assert row.status == ("published" if decided else "draft")


def test_two_decide_at_once():
    pair = [moderator("TR"), moderator("TR")]
    practice = submitted()
    review(practice, pair[0])
    review(practice, pair[1], Outcome.RETURN)
    third, fourth = moderator("TR"), moderator()
    told = at_once(
        lambda: decide(practice=practice, by=third, outcome=Outcome.PUBLISH),
        lambda: decide(practice=practice, by=fourth, outcome=Outcome.RETURN, words="No."),
    )
    assert sorted(map(bool, told)) == [False, True]
    assert "already been decided" in "".join(told)
    assert Practice.objects.get().live is (told[0] == "")
    assert len(kinds(practice.author)) == 1


def test_two_leads_sign_off_at_once():
    first = MembershipFactory(lead=True)
    second = MembershipFactory(school=first.school, lead=True)
    choose_sign_off(school=first.school, wanted=True, by=first.user)
    practice = submitted(school=first.school)
    told = at_once(*(lambda one=one: sign_off(practice=practice, by=one.user) for one in (first, second)))
    assert sorted(map(bool, told)) == [False, True]
    assert ReviewRound.objects.count() == 1
    assert kinds(practice.author) == ["practices/signed_off"]
