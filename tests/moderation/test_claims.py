"""Claims: two hours, one person at a time."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from moderation.desk import claims
from moderation.desk.claims import claim_of, forget, leave, take
from moderation.errors import ModerationError
from moderation.models import Claim

from ..factories import UserFactory
from ..races import at_the_same_time

THING = {"kind": "report", "item": 7}


@pytest.mark.django_db
def test_one_person_has_it_and_may_renew_it():
    one, other = UserFactory(name="Ada"), UserFactory()
    first = take(**THING, by=one)
    assert timedelta(hours=1, minutes=59) < first.until - timezone.now() <= timedelta(hours=2)
    with pytest.raises(ModerationError, match="Ada has just taken this on"):
        take(**THING, by=other)
    assert take(**THING, by=one).pk == first.pk
    assert claim_of("report", 7).holder == one
    assert claim_of("report", 8) is None
    assert claim_of("feedback", 7) is None


@pytest.mark.django_db
def test_it_runs_out_by_itself_and_can_be_taken_over():
    one, other = UserFactory(), UserFactory()
    take(**THING, by=one)
    assert take(**THING, by=other, over=True).holder == other
    Claim.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert claim_of("report", 7) is None
    assert take(**THING, by=one).holder == one
    assert Claim.objects.count() == 1


@pytest.mark.django_db
def test_giving_back_ends_ones_own_and_settling_ends_any():
    one, other = UserFactory(), UserFactory()
    take(**THING, by=one)
    leave(**THING, by=other)
    assert claim_of("report", 7).holder == one
    leave(**THING, by=one)
    leave(**THING, by=one)
    assert claim_of("report", 7) is None
    take(**THING, by=other)
    forget(**THING)
    assert not Claim.objects.exists()


@pytest.mark.django_db
def test_the_database_keeps_one_claim_per_thing():
    person = UserFactory()
    take(**THING, by=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(**THING, holder=person, until=timezone.now())


def naive_take(*, kind: str, item: int, by, over: bool = False) -> Claim:
    """Negative control: check first, then write, without verifying what was written."""
    found = claim_of(kind, item)
    if found and found.holder_id != by.pk:
        raise ModerationError("taken")
    return Claim.objects.update_or_create(
        kind=kind, item=item, defaults={"holder": by, "until": timezone.now() + timedelta(hours=2)}
    )[0]


def winners(verb) -> int:
    """Take an expired claim as several people at once, and return how many succeeded."""
    people = [UserFactory() for _number in range(8)]
    Claim.objects.all().delete()
    Claim.objects.create(**THING, holder=people[0], until=timezone.now() - timedelta(hours=1))
    refused = at_the_same_time(*(lambda person=person: verb(**THING, by=person) for person in people[1:]))
    assert all(isinstance(error, ModerationError) for error in refused), refused
    assert Claim.objects.count() == 1
    return len(people) - 1 - len(refused)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_many_who_take_it_at_once_one_has_it():
    for _again in range(3):
        assert winners(claims.take) == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_many_who_take_what_nobody_had_one_has_it():
    people = [UserFactory() for _number in range(8)]
    refused = at_the_same_time(*(lambda person=person: take(**THING, by=person) for person in people))
    assert len(refused) == 7
    assert all(isinstance(error, ModerationError) for error in refused)
    assert Claim.objects.count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_looking_first_and_writing_then_lets_several_believe_it():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one transaction write at a time, and each statement sees the one before.")
    assert any(winners(naive_take) > 1 for _again in range(20))
