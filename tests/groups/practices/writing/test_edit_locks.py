"""The edit lock, versions and conflict copies."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.utils import timezone
from wagtail.models import ModelLogEntry

from groups.practices.errors import RefusedError, StaleError, TakenError
from groups.practices.models import CoAuthor, EditLock, Practice
from groups.practices.writing import conflict_copies, drafts, save_draft, submit, withdraw
from groups.practices.writing.conflict_copies import keep_copy
from groups.practices.writing.edit_locks import acquire_lock, release_lock, save_under_lock, take_over

from ....factories import member
from ...factories import PracticeFactory

pytestmark = pytest.mark.django_db


def with_co_author(**fields) -> tuple[Practice, object, object]:
    """Return a saved draft, its author and a co-author from another school."""
    practice, other = PracticeFactory(**fields), member()
    CoAuthor.objects.create(
        practice=practice,
        person=other,
        school=other.memberships.get().school,
        standing=CoAuthor.Standing.ACCEPTED,
        answered_at=timezone.now(),
    )
    save_draft(practice=practice, by=practice.author)
    return practice, practice.author, other


def draft_of(practice) -> Practice:
    return Practice.objects.get(pk=practice.pk).get_latest_revision_as_object()


def write(practice, by, title: str, version: int | None = None) -> Practice:
    text = draft_of(practice)
    text.title = title
    return save_under_lock(practice=text, by=by, version=text.version if version is None else version)


class TestPen:
    def test_one_holds_it_until_silent_for_two_minutes(self):
        practice, author, other = with_co_author()
        acquire_lock(practice=practice, by=author)
        with pytest.raises(TakenError) as taken:
            acquire_lock(practice=practice, by=other)
        assert taken.value.edit_lock.holder == author
        EditLock.objects.update(heartbeat=timezone.now() - timedelta(seconds=119))
        with pytest.raises(TakenError):
            write(practice, other, "Theirs")
        EditLock.objects.update(heartbeat=timezone.now() - timedelta(seconds=121))
        assert acquire_lock(practice=practice, by=other).holder == other
        assert EditLock.objects.get().holder == other

    def test_every_saving_is_a_sign_of_life(self):
        practice, author, _other = with_co_author()
        acquire_lock(practice=practice, by=author)
        EditLock.objects.update(heartbeat=timezone.now() - timedelta(seconds=119))
        write(practice, author, "Still here")
        assert EditLock.objects.get().heartbeat > timezone.now() - timedelta(seconds=30)

    def test_taking_over_ends_the_others_turn(self):
        practice, author, other = with_co_author()
        write(practice, author, "First hand")
        before = draft_of(practice).version
        take_over(practice=practice, by=other)
        with pytest.raises(TakenError):
            write(practice, author, "Over it", before)
        write(practice, other, "Second hand")
        assert draft_of(practice).title == "Second hand"

    def test_putting_it_down_frees_it_and_only_ones_own(self):
        practice, author, other = with_co_author()
        acquire_lock(practice=practice, by=author)
        release_lock(practice=practice, by=other)
        assert EditLock.objects.count() == 1
        release_lock(practice=practice, by=author)
        release_lock(practice=practice, by=author)
        assert not EditLock.objects.exists()

    def test_strangers_and_former_co_authors_get_no_pen(self):
        practice, _author, other = with_co_author()
        CoAuthor.objects.update(standing=CoAuthor.Standing.LEFT)
        for person in (other, member()):
            for verb in (acquire_lock, take_over):
                with pytest.raises(RefusedError):
                    verb(practice=practice, by=person)

    def test_while_one_writes_nobody_submits(self):
        practice, author, other = with_co_author()
        acquire_lock(practice=practice, by=other)
        with pytest.raises(TakenError):
            submit(practice=practice, by=author)
        release_lock(practice=practice, by=other)
        submit(practice=practice, by=author)
        assert not EditLock.objects.exists()


class TestVersions:
    def test_a_form_older_than_what_is_saved_is_refused(self):
        practice, author, _other = with_co_author()
        version = draft_of(practice).version
        write(practice, author, "One window")
        with pytest.raises(StaleError):
            write(practice, author, "Another window", version)
        assert draft_of(practice).title == "One window"

    def test_a_form_from_before_a_submission_is_refused(self):
        practice, author, _other = with_co_author()
        version = draft_of(practice).version
        submit(practice=practice, by=author)
        withdraw(practice=practice, by=author)
        with pytest.raises(StaleError):
            write(practice, author, "Old window", version)

    def test_one_sitting_is_one_revision_and_one_entry_of_the_log(self):
        practice, author, other = with_co_author()
        before, logged = practice.revisions.count(), ModelLogEntry.objects.count()
        for number in range(5):
            write(practice, author, f"Word {number}")
        assert (practice.revisions.count() - before, ModelLogEntry.objects.count() - logged) == (1, 1)
        take_over(practice=practice, by=other)
        write(practice, other, "Mine")
        assert practice.revisions.count() - before == 2
        assert draft_of(practice).title == "Mine"

    def test_what_is_reviewed_is_not_written_into(self):
        practice, author, _other = with_co_author()
        write(practice, author, "Submitted")
        submit(practice=practice, by=author)
        reviewed = Practice.objects.get(pk=practice.pk).latest_revision
        withdraw(practice=practice, by=author)
        write(practice, author, "Later")
        reviewed.refresh_from_db()
        assert reviewed.as_object().title == "Submitted"

    def test_what_readers_see_is_not_written_into(self):
        practice, author, _other = with_co_author()
        write(practice, author, "Published")
        Practice.objects.get(pk=practice.pk).latest_revision.publish()
        write(practice, author, "Changed")
        row = Practice.objects.get(pk=practice.pk)
        assert (row.title, row.live_revision.as_object().title) == ("Published", "Published")
        assert draft_of(practice).title == "Changed"

    def test_kept_words_replace_those_of_the_same_form_only(self):
        practice, author, _other = with_co_author()
        window = uuid4()
        for body in ("title=a", "title=ab"):
            keep_copy(practice=practice, by=author, window=window, step="what", body=body)
        keep_copy(practice=practice, by=author, window=uuid4(), step="what", body="title=c")
        assert set(practice.conflict_copies.values_list("body", flat=True)) == {"title=ab", "title=c"}

    def test_queries_of_a_saving(self, django_assert_max_num_queries):
        practice, author, _other = with_co_author()
        write(practice, author, "Warm")
        text = draft_of(practice)
        with django_assert_max_num_queries(40):
            save_under_lock(practice=text, by=author, version=text.version)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("sqlite" in connection.vendor, reason="SQLite writes one at a time")
@pytest.mark.parametrize("locked", [True, False])
def test_two_windows_in_the_same_moment_and_one_wins(monkeypatch, locked):
    """Without lock and version, both windows would overwrite each other, as the second run shows."""
    practice, author, _other = with_co_author()
    acquire_lock(practice=practice, by=author)
    version = draft_of(practice).version
    if not locked:
        both_read = threading.Barrier(2, timeout=10)

        def unlocked(row):
            found = Practice.objects.get(pk=row.pk)
            both_read.wait()
            return found

        def store(text, row, by, **kwargs):
            Practice.objects.filter(pk=row.pk).update(title=text.title)
            return text

        monkeypatch.setattr("groups.practices.writing.edit_locks.locked", unlocked)
        monkeypatch.setattr("groups.practices.writing.edit_locks.store", store)
    outcomes = []

    def window(title: str) -> None:
        try:
            write(practice, author, title, version)
            outcomes.append("saved")
        except StaleError:
            outcomes.append("stale")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=window, args=[title]) for title in ("One", "Two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == (["saved", "stale"] if locked else ["saved", "saved"])


def test_the_database_lets_one_version_through_without_the_lock():
    practice, author, _other = with_co_author()
    row = Practice.objects.get(pk=practice.pk)
    Practice.objects.filter(pk=practice.pk).update(version=row.version + 1)
    with pytest.raises(drafts.PracticesError, match="A colleague has just saved a new version"):
        drafts.store(draft_of(practice), row, author)


def test_only_the_last_words_of_a_practice_are_kept(monkeypatch):
    practice, author, other = with_co_author()
    monkeypatch.setattr(conflict_copies, "MOST_KEPT", 2)
    for person in (author, other):
        for body in ("title=a", "title=b", "title=c"):
            keep_copy(practice=practice, by=person, window=uuid4(), step="what", body=body)
    assert [kept.body for kept in practice.conflict_copies.order_by("pk")] == ["title=b", "title=c"] * 2
