"""Follows: what is new, for whom, and who is notified once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from groups.practices.errors import RefusedError
from groups.practices.finding import follower_tasks as tasks
from groups.practices.finding.following import follow, new_for, unfollow
from groups.practices.models import Follow, Practice
from notifications.models import Message

from ....factories import MembershipFactory, SchoolFactory, member
from ...factories import PracticeFactory
from ..writing.posting import as_

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=1000)


def new_titles(user, since=LONG_AGO) -> set[str]:
    return {practice.title for practice in new_for(user, since)}


def told(practice) -> set:
    return {row.recipient for row in Message.objects.filter(key=f"practice_followed:{practice.pk}")}


def test_new_practices_of_what_one_follows_and_may_read(personas):
    PracticeFactory(published=True, title="pillar", pillars=["agency"])
    PracticeFactory(published=True, public=True, title="subject", pillars=[], subjects=["maths"])
    PracticeFactory(published=True, title="school", school=personas.school, pillars=[])
    PracticeFactory(published=True, title="own", pillars=["agency"], author=personas.member)
    PracticeFactory(title="draft", pillars=["agency"])
    PracticeFactory(published=True, title="other", pillars=["leadership"])
    old = timezone.now() - timedelta(days=10)
    PracticeFactory(live=True, title="old", pillars=["agency"], first_published_at=old)
    for user in (personas.member, personas.lapsed):
        follow(by=user, topic="pillar:agency")
        follow(by=user, topic="subject:maths")
        follow(by=user, school=personas.school)
    assert new_titles(personas.member) == {"pillar", "subject", "school", "old"}
    assert new_titles(personas.member, timezone.now() - timedelta(days=1)) == {"pillar", "subject", "school"}
    assert new_titles(personas.lapsed) == {"subject"}
    assert new_titles(personas.grace) == set()
    unfollow(by=personas.member, school=personas.school)
    unfollow(by=personas.member, topic="pillar:agency")
    assert new_titles(personas.member) == {"subject"}


def test_twice_is_once_and_nonsense_is_refused(personas):
    for _time in range(2):
        follow(by=personas.member, topic="pillar:agency")
        follow(by=personas.member, school=personas.school)
    assert Follow.objects.count() == 2
    for topic in ("pillar:evil", "agency", "", "level:isced1"):
        with pytest.raises(RefusedError):
            follow(by=personas.member, topic=topic)
    with pytest.raises(RefusedError):
        follow(by=personas.member, school=SchoolFactory(lapsed=True))
    for _time in range(2):
        unfollow(by=personas.member, topic="pillar:agency")
    assert Follow.objects.count() == 1


def test_publication_tells_followers_who_may_read_once(personas, django_capture_on_commit_callbacks):
    for user in (personas.member, personas.lapsed, personas.author, personas.grace):
        follow(by=user, topic="pillar:agency")
    follow(by=personas.lead, school=personas.school)
    follow(by=personas.organiser, topic="pillar:leadership")
    practice = PracticeFactory(school=personas.school, author=personas.author)
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            Practice.objects.get(pk=practice.pk).save_revision().publish()
        assert told(practice) == {personas.member, personas.grace, personas.lead}
    assert Message.objects.filter(key__startswith="practice_followed").count() == 3


def test_each_follower_is_led_to_the_practice_in_their_own_language(personas):
    for language in ("en", "tr"):
        follow(by=MembershipFactory(user__language=language).user, school=personas.school)
    practice = PracticeFactory(published=True, school=personas.school)
    tasks.tell_followers.call(practice.pk)
    addresses = dict(Message.objects.values_list("recipient__language", "url"))
    english = practice.get_absolute_url()
    assert addresses == {"en": english, "tr": english.replace("/en/", "/tr/", 1)}


def test_a_change_is_no_news(personas, django_capture_on_commit_callbacks):
    practice = PracticeFactory(live=True, first_published_at=timezone.now() - timedelta(days=9))
    follow(by=personas.member, topic="pillar:agency")
    with django_capture_on_commit_callbacks(execute=True):
        practice.save_revision().publish()
    assert told(practice) == set()


def test_followers_are_told_in_batches(monkeypatch):
    monkeypatch.setattr(tasks, "BATCH", 2)
    people = [member() for _index in range(5)]
    for person in people:
        follow(by=person, topic="pillar:agency")
    practice = PracticeFactory(published=True)
    tasks.tell_followers.call(practice.pk)
    assert told(practice) == set(people)


def test_adaptations_are_counted_when_published_and_taken_down():
    original = PracticeFactory(published=True)
    one, two = (PracticeFactory(adapted_from=original) for _index in range(2))

    def count() -> int:
        return Practice.objects.get(pk=original.pk).adaptations_count

    assert count() == 0
    one.save_revision().publish()
    assert count() == 1
    two.save_revision().publish()
    Practice.objects.get(pk=two.pk).save_revision().publish()
    assert count() == 2
    Practice.objects.get(pk=one.pk).unpublish()
    assert count() == 1


def test_the_pages(client, personas):
    PracticeFactory(published=True, title="Rivers", subjects=["maths"])
    as_(client, personas.member)
    assert "You aren’t following anything yet" in client.get("/en/practices/following/").content.decode()
    html = client.get("/en/practices/?subject=maths").content.decode()
    assert "Follow Mathematics" in html
    answer = client.post("/en/practices/follow/", {"topic": "subject:maths", "next": "/en/practices/?subject=maths"})
    assert answer["Location"] == "/en/practices/?subject=maths"
    html = client.get("/en/practices/following/").content.decode()
    assert "Rivers" in html
    assert "Mathematics" in html
    assert "Rivers" in client.get("/en/dashboard/").content.decode()
    client.post("/en/practices/follow/", {"topic": "subject:maths", "do": "unfollow"})
    assert not Follow.objects.exists()
    assert client.post("/en/practices/follow/", {"school": "none"}).status_code == 404
