"""From draft to published, and back with a reason: every rule of moderation."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.utils import timezone
from wagtail.models import WorkflowState

from community.access import Audience
from groups.practices.errors import IncompleteError, PracticesError, RefusedError
from groups.practices.models import Practice
from groups.practices.review.taking_down import take_down
from groups.practices.review.workflow import ensure_workflow
from groups.practices.writing import save_draft, submit, withdraw
from notifications.models import Message

from ....factories import MembershipFactory, SchoolFactory, SupportOrganisationFactory, UserFactory, moderator
from ...factories import PracticeFactory
from ..reviewing import approve, send_back


def submitted(**fields) -> Practice:
    practice = PracticeFactory(**fields)
    save_draft(practice=practice, by=practice.author)
    submit(practice=practice, by=practice.author)
    return fresh(practice)


def fresh(practice) -> Practice:
    return Practice.objects.get(pk=practice.pk)


def told(person) -> list[str]:
    return list(Message.objects.inbox_of(person).values_list("kind", flat=True))


@pytest.mark.django_db
class TestWriting:
    def test_a_draft_changes_the_row_and_keeps_a_version(self):
        practice = PracticeFactory(title="One")
        save_draft(practice=practice, by=practice.author)
        practice.title = "Two"
        save_draft(practice=practice, by=practice.author)
        assert fresh(practice).title == "Two"
        assert [version.as_object().title for version in practice.revisions.order_by("pk")] == ["One", "Two"]
        assert not fresh(practice).live

    def test_a_published_practice_changes_in_a_version_only(self):
        practice = PracticeFactory(published=True, title="Read")
        changed = fresh(practice).get_latest_revision_as_object()
        changed.title = "NEEDLE"
        save_draft(practice=changed, by=practice.author)
        assert fresh(practice).title == "Read"
        assert "needle" not in fresh(practice).search_text
        assert fresh(practice).get_latest_revision_as_object().title == "NEEDLE"

    def test_only_the_author_writes(self):
        practice = PracticeFactory()
        colleague = MembershipFactory(school=practice.school, lead=True).user
        for action in (save_draft, submit, withdraw):
            with pytest.raises(RefusedError, match=r"Only the authors? can (edit|withdraw)"):
                action(practice=practice, by=colleague)

    @pytest.mark.parametrize("standing", ["in_grace", "lapsed", "revoked"])
    def test_nobody_writes_for_a_school_without_the_label(self, standing):
        practice = PracticeFactory(school=SchoolFactory(**{standing: True}))
        for action in (save_draft, submit):
            with pytest.raises(RefusedError, match="you don’t write for this school at the moment"):
                action(practice=practice, by=practice.author)

    def test_a_new_practice_is_for_a_school_of_the_author(self):
        author = MembershipFactory().user
        practice = Practice(title="Mine", author=author, school=SchoolFactory(labelled=True))
        with pytest.raises(RefusedError, match="you don’t write for this school"):
            save_draft(practice=practice, by=author)
        assert not Practice.objects.exists()

    def test_incomplete_ones_are_not_submitted_and_say_what_is_missing(self):
        practice = PracticeFactory(empty=True, title="Bare")
        save_draft(practice=practice, by=practice.author)
        with pytest.raises(IncompleteError) as refused:
            submit(practice=practice, by=practice.author)
        assert list(refused.value.missing) == list(practice.missing())
        assert not fresh(practice).workflow_in_progress

    def test_submitting_twice_is_submitting_once(self):
        practice = submitted()
        submit(practice=practice, by=practice.author)
        assert WorkflowState.objects.for_instance(practice).count() == 1
        assert practice.rounds.count() == 1

    def test_nothing_changes_while_it_is_reviewed(self):
        practice = submitted(title="Waiting")
        practice.title = "Changed"
        with pytest.raises(RefusedError, match="Withdraw it first"):
            save_draft(practice=practice, by=practice.author)
        assert fresh(practice).title == "Waiting"

    def test_taking_it_back_makes_it_a_draft_again(self):
        practice = submitted()
        withdraw(practice=practice, by=practice.author)
        assert not fresh(practice).workflow_in_progress
        assert save_draft(practice=fresh(practice), by=practice.author)
        with pytest.raises(PracticesError, match="isn’t waiting"):
            withdraw(practice=practice, by=practice.author)

    def test_a_published_one_without_changes_is_not_submitted(self):
        practice = PracticeFactory(published=True)
        with pytest.raises(PracticesError, match="nothing new"):
            submit(practice=practice, by=practice.author)


@pytest.mark.django_db
class TestDeciding:
    def test_approval_publishes_for_members_and_tells_the_author_once(self, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            practice = submitted(public_wished=True)
            approve(practice=practice, by=moderator("TR"), comment="Well done.")
        practice = fresh(practice)
        assert practice.live
        assert practice.audience == Audience.MEMBERS
        assert practice not in Practice.objects.visible_to(AnonymousUser())
        assert abs(practice.first_published_at - timezone.now()).total_seconds() < 60
        assert told(practice.author) == ["practices/practice_published"]
        to_author = [letter for letter in mail.outbox if letter.to == [practice.author.email]]
        assert [letter.subject for letter in to_author] == [f"Published: {practice.title}"]
        assert "Well done." in to_author[0].body

    @pytest.mark.parametrize(
        ("wished", "agreed", "before", "after"),
        [
            (True, True, Audience.MEMBERS, Audience.PUBLIC),
            (True, False, Audience.MEMBERS, Audience.MEMBERS),
            (False, True, Audience.MEMBERS, Audience.MEMBERS),
            (True, False, Audience.PUBLIC, Audience.PUBLIC),
            (False, False, Audience.PUBLIC, Audience.MEMBERS),
        ],
    )
    def test_visitors_read_it_when_school_and_moderator_agree(self, wished, agreed, before, after):
        practice = submitted(public_wished=wished, audience=before)
        approve(practice=practice, by=moderator("TR"), make_public=agreed)
        assert fresh(practice).audience == after

    def test_publishing_an_old_text_does_not_bring_an_old_audience_back(self):
        practice = PracticeFactory(published=True, public=True, public_wished=False)
        changed = fresh(practice)
        changed.title = "Second edition"
        save_draft(practice=changed, by=practice.author)
        Practice.objects.filter(pk=practice.pk).update(audience=Audience.MEMBERS)
        submit(practice=practice, by=practice.author)
        approve(practice=fresh(practice), by=moderator("TR"))
        assert fresh(practice).title == "Second edition"
        assert fresh(practice).audience == Audience.MEMBERS

    def test_sending_back_needs_a_reason_and_tells_it(self):
        practice = submitted()
        judge = moderator("TR")
        with pytest.raises(RefusedError, match="Tell the author what to change"):
            send_back(practice=practice, by=judge, reason="  ")
        send_back(practice=practice, by=judge, reason="Which pupils?")
        assert fresh(practice).return_reason() == "Which pupils?"
        assert told(practice.author) == ["practices/practice_returned"]
        assert "Which pupils?" in Message.objects.get(recipient=practice.author).text

    def test_after_the_changes_it_goes_on_in_the_same_review(self):
        practice, judge = submitted(), moderator("TR")
        send_back(practice=practice, by=judge, reason="Which pupils?")
        changed = fresh(practice)
        changed.summary = "Twelve-year-olds lead the lesson."
        save_draft(practice=changed, by=practice.author)
        submit(practice=practice, by=practice.author)
        assert fresh(practice).return_reason() == ""
        assert WorkflowState.objects.for_instance(practice).count() == 1
        approve(practice=fresh(practice), by=judge)
        assert fresh(practice).summary == "Twelve-year-olds lead the lesson."

    def test_who_may_not_decide(self):
        practice = submitted()
        own_school = moderator("TR")
        MembershipFactory(user=own_school, school=practice.school)
        author = practice.author
        SupportOrganisationFactory(central=True, moderators=[author])
        for person in (own_school, author, moderator("PT"), MembershipFactory().user, UserFactory()):
            with pytest.raises(RefusedError, match=r"don’t moderate|member of one of the authors’ schools"):
                approve(practice=practice, by=person)
        assert not fresh(practice).live

    def test_an_author_who_left_the_school_does_not_decide_on_their_own_text(self):
        practice = submitted()
        author = practice.author
        author.memberships.update(ended_at=timezone.now())
        SupportOrganisationFactory(central=True, moderators=[author])
        assert not practice.may_be_reviewed_by(author)
        assert practice not in Practice.objects.in_queue_of(author)

    def test_the_second_decision_is_refused(self):
        practice = submitted()
        task_state = practice.current_workflow_task_state
        approve(practice=practice, by=moderator("TR"))
        with pytest.raises(RefusedError, match="isn’t waiting"):
            send_back(practice=fresh(practice), by=moderator("TR"), reason="Late.")
        for action in ("approve", "reject"):
            with pytest.raises(RefusedError, match="on the review page"):
                task_state.task.specific.on_action(task_state, moderator("TR"), action, comment="Late.")
        assert fresh(practice).live

    def test_what_became_incomplete_is_not_published(self):
        practice = submitted()
        Practice.objects.filter(pk=practice.pk).update(has_unpublished_changes=False, steps="")
        with pytest.raises(RefusedError, match="Describe the steps"):
            approve(practice=fresh(practice), by=moderator("TR"))

    def test_moderators_of_the_country_are_told_and_nobody_else(self):
        near, far, central, colleague = moderator("TR"), moderator("PT"), moderator(), moderator("TR")
        moderator("TR")
        practice = PracticeFactory()
        MembershipFactory(user=colleague, school=practice.school)
        save_draft(practice=practice, by=practice.author)
        submit(practice=practice, by=practice.author)
        assert [told(person) for person in (near, far, central, colleague)] == [
            ["practices/practice_submitted"], [], [], []
        ]  # fmt: skip

    def test_central_moderators_are_told_where_a_country_has_none(self):
        far, central = moderator("PT"), moderator()
        submitted()
        assert [told(person) for person in (far, central)] == [[], ["practices/practice_submitted"]]

    def test_wagtail_sends_no_mail_of_its_own(self, django_capture_on_commit_callbacks):
        operator = UserFactory(is_superuser=True)
        with django_capture_on_commit_callbacks(execute=True):
            approve(practice=submitted(), by=moderator("TR"))
            send_back(practice=submitted(), by=moderator("TR"), reason="Why?")
        assert not [letter for letter in mail.outbox if operator.email in letter.to]
        assert len(mail.outbox) == Message.objects.count()

    def test_the_workflow_is_made_once(self):
        assert ensure_workflow() == ensure_workflow()


@pytest.mark.django_db
class TestTakingDown:
    def test_readers_stop_seeing_it_and_the_author_is_told_and_comes_back(self):
        practice = PracticeFactory(published=True, public=True, public_wished=True)
        down = take_down(practice=practice, by=moderator("TR"), reason=" A parent withdrew consent. ")
        assert not Practice.objects.visible_to(AnonymousUser()).exists()
        assert (down.status, fresh(practice).audience) == ("removed", Audience.MEMBERS)
        message = Message.objects.get()
        assert (message.recipient, message.kind) == (practice.author, "practices/practice_taken_down")
        assert "A parent withdrew consent." in message.text
        again = fresh(practice)
        save_draft(practice=again, by=practice.author)
        submit(practice=again, by=practice.author)
        approve(practice=fresh(practice), by=moderator("TR"))
        assert (fresh(practice).live, fresh(practice).audience) == (True, Audience.MEMBERS)

    @pytest.mark.parametrize(
        ("live", "country", "reason", "sentence"),
        [
            (True, "PT", "No.", "You don’t moderate"),
            (False, "TR", "No.", "isn’t on the site"),
            (True, "TR", " ", "Tell the author why"),
        ],
    )
    def test_refusals(self, live, country, reason, sentence):
        practice = PracticeFactory(published=True) if live else PracticeFactory()
        with pytest.raises(RefusedError, match=sentence):
            take_down(practice=practice, by=moderator(country), reason=reason)
        with pytest.raises(RefusedError, match="You don’t moderate"):
            take_down(practice=practice, by=practice.author, reason="Mine.")
        assert fresh(practice).live == live
        assert not Message.objects.exists()

    def test_a_central_moderator_may(self):
        practice = PracticeFactory(published=True)
        assert not take_down(practice=practice, by=moderator(), reason="Consent.").live
