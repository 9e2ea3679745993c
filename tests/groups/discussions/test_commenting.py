"""Comments: who may write, read and edit them, and how they are counted and announced."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from groups.discussions.comments import commenting
from groups.discussions.errors import DiscussionsError, RefusedError
from groups.discussions.models import Comment
from groups.practices.models import Practice
from moderation.errors import ModerationError
from moderation.errors import RefusedError as NotModeratedError
from moderation.hiding.hiding import hide, restore
from notifications.models import Message

from ... import factories
from ...races import at_the_same_time
from ..factories import CommentFactory, PracticeFactory
from ..practices.writing.posting import as_

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return PracticeFactory(published=True)


def write(practice, by, text="A question", **more):
    return commenting.write(place=practice, by=by, text=text, token=more.pop("token", uuid4()), **more)


def number_of(practice) -> int:
    return Practice.objects.get(pk=practice.pk).comments_count


def told(person) -> list[str]:
    return list(Message.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


class TestWriting:
    def test_a_member_writes_in_the_name_of_their_school_and_the_author_is_told_once(self, practice):
        person, token = factories.member(), uuid4()
        first = write(practice, person, token=token)
        assert write(practice, person, token=token) == first
        assert Comment.objects.get().school == person.memberships.get().school
        assert number_of(practice) == 1
        assert told(practice.author) == ["discussions/practice_commented"]
        assert told(person) == []

    def test_other_words_with_an_old_form_are_not_lost(self, practice):
        person, token = factories.member(), uuid4()
        write(practice, person, "one", token=token)
        write(practice, person, "two", token=token)
        assert sorted(Comment.objects.values_list("text", flat=True)) == ["one", "two"]

    def test_who_may_not_write_is_told_why(self, practice):
        for person in (factories.member(in_grace=True), factories.member(lapsed=True), factories.UserFactory()):
            with pytest.raises(RefusedError):
                write(practice, person)
        with pytest.raises(RefusedError, match="things you can read"):
            write(PracticeFactory(), factories.member())
        # A draft that only its author can read takes no comments.
        draft = PracticeFactory()
        with pytest.raises(RefusedError, match="things you can read"):
            write(draft, draft.author)
        assert not Comment.objects.exists()

    def test_a_school_that_is_not_theirs_is_refused(self, practice):
        with pytest.raises(RefusedError, match="this school"):
            write(practice, factories.member(), school_id=practice.school_id)

    def test_a_moderator_writes_without_a_school(self, practice):
        assert write(practice, factories.moderator()).school is None

    @pytest.mark.parametrize("text", ["", " \r\n ", "x" * 5001])
    def test_nothing_and_too_much_are_refused_in_words(self, practice, text):
        with pytest.raises(DiscussionsError):
            write(practice, factories.member(), text)

    def test_an_answer_to_an_answer_stands_beside_it_and_tells_whom_it_answers(self, practice):
        asks, answers = factories.member(), factories.member()
        question = write(practice, asks)
        answer = write(practice, answers, "An answer", parent=question)
        again = write(practice, asks, "Thanks", parent=answer)
        assert (answer.parent, again.parent) == (question, question)
        assert told(asks) == ["discussions/comment_answered"]

    def test_an_answer_stays_in_its_place_and_needs_something_to_answer(self, practice):
        question = CommentFactory(practice=practice)
        with pytest.raises(DiscussionsError, match="belongs to another discussion"):
            write(PracticeFactory(published=True), factories.member(), parent=question)
        commenting.withdraw(comment=question, by=question.author)
        with pytest.raises(DiscussionsError, match="no longer there"):
            write(practice, factories.member(), parent=question)

    def test_a_thread_has_an_end(self, practice, monkeypatch):
        monkeypatch.setattr(commenting, "MOST_REPLIES", 1)
        question = CommentFactory(practice=practice)
        write(practice, factories.member(), parent=question)
        with pytest.raises(DiscussionsError, match="a lot of replies"):
            write(practice, factories.member(), parent=question)


class TestMentions:
    def test_whom_the_writer_sees_is_told_once_and_nothing_else(self, practice):
        person = factories.member()
        colleague = factories.MembershipFactory(school=person.memberships.get().school, user__name="Işıl Çınar").user
        stranger = factories.MembershipFactory(user__name="Zoe Stranger").user
        comment = write(practice, person, f"@ışıl çınar, @Zoe Stranger and @{practice.author.name}: look!")
        assert told(colleague) == ["discussions/mentioned"]
        assert told(practice.author) == ["discussions/mentioned"]
        assert told(stranger) == []
        commenting.edit(comment=comment, by=person, text="@Işıl Çınar, look again!")
        assert told(colleague) == ["discussions/mentioned"]

    def test_a_longer_word_is_another_name(self, practice):
        person = factories.member()
        colleague = factories.MembershipFactory(school=person.memberships.get().school, user__name="Ana Lima").user
        write(practice, person, "@Ana Limados")
        assert told(colleague) == []

    def test_who_does_not_read_the_place_is_not_told(self, practice):
        lapsed = factories.member(lapsed=True)
        CommentFactory(practice=practice, author=lapsed, school=lapsed.memberships.get().school)
        write(practice, factories.member(), f"@{lapsed.name}")
        assert told(lapsed) == []


class TestChanging:
    def test_what_it_said_stays_readable(self, practice, client):
        comment = CommentFactory(practice=practice, text="Old words")
        commenting.edit(comment=comment, by=comment.author, text="New words")
        commenting.edit(comment=comment, by=comment.author, text="New words")
        html = as_(client, factories.member()).get(reverse("comment_versions", args=[comment.pk])).content.decode()
        assert "Old words" in html
        assert "New words" in html
        assert comment.versions.count() == 1

    def test_only_its_author_changes_and_withdraws(self, practice):
        comment = CommentFactory(practice=practice)
        for verb in (lambda by: commenting.edit(comment=comment, by=by, text="x"),
                     lambda by: commenting.withdraw(comment=comment, by=by)):  # fmt: skip
            with pytest.raises(RefusedError, match="Only the author can"):
                verb(factories.moderator())

    def test_what_is_hidden_is_not_changed(self, practice):
        comment = CommentFactory(practice=practice)
        hide(thing=comment, by=factories.moderator("TR"), reason="No.")
        with pytest.raises(RefusedError, match="no longer on the site"):
            commenting.edit(comment=comment, by=comment.author, text="x")

    def test_in_grace_nobody_changes(self, practice):
        comment = CommentFactory(practice=practice)
        comment.author.memberships.get().school.labels.update(ends_on=timezone.now().date() - timedelta(5))
        with pytest.raises(RefusedError, match="grace"):
            commenting.edit(comment=comment, by=comment.author, text="x")

    def test_a_withdrawn_comment_leaves_a_mark(self, practice, client):
        comment = CommentFactory(practice=practice, text="NEEDLE")
        commenting.withdraw(comment=comment, by=comment.author)
        commenting.withdraw(comment=comment, by=comment.author)
        html = as_(client, factories.moderator()).get(reverse("practice_discussion", args=[practice.pk])).content
        assert b"NEEDLE" not in html
        assert b"Withdrawn by the author." in html
        assert number_of(practice) == 0


class TestModeration:
    def test_hidden_and_shown_again_with_reason_log_and_message(self, practice, client):
        comment = CommentFactory(practice=practice, text="NEEDLE")
        moderator = factories.moderator("TR")
        reader = factories.member()
        page = reverse("practice_discussion", args=[practice.pk])
        hide(thing=comment, by=moderator, reason="REASON")
        hide(thing=comment, by=moderator, reason="Again")
        assert told(comment.author) == ["discussions/words_hidden"]
        assert number_of(practice) == 0
        assert not Comment.objects.visible_to(reader).exists()
        words = as_(client, reader).get(page).content + client.get(practice.get_absolute_url()).content
        assert b"NEEDLE" not in words
        assert b"REASON" not in words
        assert b"REASON" in as_(client, moderator).get(page).content
        restore(thing=comment, by=moderator)
        restore(thing=comment, by=moderator)
        assert b"NEEDLE" in as_(client, reader).get(page).content
        assert number_of(practice) == 1
        entries = ModelLogEntry.objects.filter(action__endswith="_words").order_by("pk")
        actions = entries.values_list("action", flat=True)
        assert list(actions) == ["groups.hide_words", "groups.restore_words"]

    def test_only_for_moderators_of_the_country_and_with_a_reason(self, practice):
        comment = CommentFactory(practice=practice)
        for person in (factories.moderator("PT"), comment.author):
            for verb in (lambda by: hide(thing=comment, by=by, reason="x"), lambda by: restore(thing=comment, by=by)):
                with pytest.raises(NotModeratedError):
                    verb(person)
        with pytest.raises(ModerationError, match="why"):
            hide(thing=comment, by=factories.moderator("TR"), reason=" ")

    def test_answers_stay_under_a_hidden_comment(self, practice, client):
        comment = CommentFactory(practice=practice, text="NEEDLE")
        CommentFactory(practice=practice, parent=comment, text="An answer")
        hide(thing=comment, by=factories.moderator(), reason="No.")
        html = as_(client, factories.member()).get(reverse("practice_discussion", args=[practice.pk])).content.decode()
        assert "An answer" in html
        assert "A moderator has hidden this comment." in html
        assert "NEEDLE" not in html


class TestPages:
    def test_a_public_practice_keeps_its_discussion_among_members(self, client):
        practice = PracticeFactory(published=True, public=True)
        comment = CommentFactory(practice=practice, text="NEEDLE")
        for person in (None, factories.member(lapsed=True)):
            assert b"NEEDLE" not in as_(client, person).get(practice.get_absolute_url()).content
            assert not Comment.objects.visible_to(person or factories.UserFactory()).exists()
        assert as_(client, factories.member(lapsed=True)).get(comment.get_absolute_url()).status_code == 404

    def test_posting_and_what_was_typed_when_it_fails(self, practice, client):
        as_(client, factories.member())
        page = reverse("practice_discussion", args=[practice.pk])
        posted = {"token": str(uuid4()), "text": "First\n\nSecond https://example.org/"}
        answer = client.post(page, posted)
        comment = Comment.objects.get()
        assert answer["Location"] == f"/en/comments/{comment.pk}/#comment-{comment.pk}"
        html = client.get(page).content.decode()
        assert "<p>First</p>" in html
        assert '<a href="https://example.org/" rel="nofollow">' in html
        commenting.withdraw(comment=comment, by=comment.author)
        refused = client.post(page, {"token": str(uuid4()), "text": "Kept words", "parent": comment.pk})
        assert refused.status_code == 422
        assert "Kept words" in refused.content.decode()

    @pytest.mark.parametrize(
        "vector",
        [
            "<script>alert(1)</script>",
            '<img src=x onerror="alert(1)">',
            "[x](javascript:alert(1)) javascript:alert(1)",
            'https://a.example/"onmouseover="alert(1)',
            "<a href=\"java&#115;cript:alert(1)\" hx-get='/x'>y</a>",
            "https://a.example/<svg/onload=alert(1)>",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
        ],
    )
    def test_members_words_are_never_markup(self, practice, client, vector):
        comment = CommentFactory(practice=practice, text=vector)
        as_(client, factories.member())
        for page in (reverse("practice_discussion", args=[practice.pk]), practice.get_absolute_url(),
                     comment.get_absolute_url(), reverse("comment_versions", args=[comment.pk])):  # fmt: skip
            html = client.get(page).content.decode()
            shown = html.split('class="comment__text">')[1].split("</div>")[0]
            tags = set(re.findall(r"<\s*/?\s*(\w+)", shown))
            assert tags <= {"p", "a", "br"}
            assert all(address.startswith("http") for address in re.findall(r'href="([^"]*)"', shown))
            assert not re.search(r"<a [^>]*\s(on|hx-)", shown)

    def test_pages_cost_the_same_for_one_comment_and_thirty(self, client):
        reader, numbers = factories.member(), []
        # Each is related to the other.
        for amount, practice in zip((1, 30), PracticeFactory.create_batch(2, published=True), strict=True):
            for _number in range(amount):
                CommentFactory(parent=CommentFactory(practice=practice), practice=practice)
            as_(client, reader)
            counted = []
            for page in (practice.get_absolute_url(), reverse("practice_discussion", args=[practice.pk])):
                client.get(page)
                with CaptureQueriesContext(connection) as queries:
                    client.get(page)
                counted.append(len(queries))
            numbers.append(counted)
        assert numbers[0] == numbers[1]
        assert numbers[0][0] <= 9
        assert numbers[0][1] <= 8

    def test_every_comment_stands_on_exactly_one_page(self, practice, client):
        keys = [CommentFactory(practice=practice).pk for _number in range(23)]
        as_(client, factories.member())
        found, address = [], reverse("practice_discussion", args=[practice.pk])
        while address:
            page = client.get(address)
            found += [thread.comment.pk for thread in page.context["threads"]]
            older = page.context["older_href"]
            address = older and reverse("practice_discussion", args=[practice.pk]) + older
        assert found == keys[::-1]
        back = client.get(reverse("practice_discussion", args=[practice.pk]) + page.context["newer_href"])
        assert [thread.comment.pk for thread in back.context["threads"]] == keys[::-1][10:20]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_one_form_sent_twice_is_one_comment(self, practice):
        person, token = factories.member(), uuid4()
        raised = at_the_same_time(*[lambda: write(practice, person, token=token)] * 4)
        assert raised == []
        assert Comment.objects.count() == number_of(practice) == 1

    def test_written_hidden_and_withdrawn_at_once_is_counted_right(self, practice):
        one, two = CommentFactory(practice=practice), CommentFactory(practice=practice)
        person, moderator = factories.member(), factories.moderator("TR")
        raised = at_the_same_time(
            lambda: write(practice, person),
            lambda: hide(thing=one, by=moderator, reason="No."),
            lambda: commenting.withdraw(comment=two, by=two.author),
        )
        assert raised == []
        assert number_of(practice) == Comment.objects.shown().count() == 1
