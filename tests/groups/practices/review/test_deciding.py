"""Decisions on a round, appeals, sign-off and deadlines."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry, TaskState, WorkflowState, WorkflowTask

from community.models import Role
from groups.practices.errors import PracticesError, RefusedError
from groups.practices.models import ModerationTask, Outcome, Practice, Review, ReviewRound, SignOffTask, SignOffWish
from groups.practices.review.appeals import appeal
from groups.practices.review.deciding import decide, true_until
from groups.practices.review.renewal import still_true
from groups.practices.review.reviewing import claim, hand_in
from groups.practices.review.rounds import open_round
from groups.practices.review.sign_off import choose_sign_off, hand_back, pass_on_what_nobody_signs_off, sign_off
from groups.practices.review.workflow import ensure_workflow
from groups.practices.writing import save_draft, submit, withdraw
from notifications.models import Message

from ....factories import MembershipFactory, moderator
from ...factories import PracticeFactory
from ..reviewing import draft, kinds, review, submitted

pytestmark = pytest.mark.django_db


def fresh() -> Practice:
    return Practice.objects.get()


def change(practice, **fields):
    changed = Practice.objects.get(pk=practice.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(changed, name, value)
    save_draft(practice=changed, by=practice.author)


class TestAgreement:
    def test_two_times_yes_publishes_and_tells_once(self, pair):
        practice = submitted(public_wished=True)
        review(practice, pair[0], make_public=True)
        assert not fresh().live
        review(practice, pair[1], make_public=True)
        assert (fresh().live, fresh().audience, fresh().review_by) == (True, "public", true_until())
        assert kinds(practice.author) == ["practices/practice_published"]
        decided = ReviewRound.objects.get()
        assert (decided.outcome, decided.decided_by) == (Outcome.PUBLISH, pair[1])

    def test_visitors_read_it_when_both_agree(self, pair):
        practice = submitted(public_wished=True)
        review(practice, pair[0], make_public=True)
        review(practice, pair[1], make_public=False)
        assert fresh().audience == "members"
        assert practice not in Practice.objects.visible_to(AnonymousUser())

    def test_two_times_back_tells_each_criterion(self, pair):
        practice = submitted()
        first = open_round(practice).rubric.criteria.first()
        scores = draft(practice).scores | {first.pk: (1, "REASON-BESIDE")}
        review(practice, pair[0], Outcome.RETURN, words="", scores=scores)
        review(practice, pair[1], Outcome.RETURN, words="WORDS-OF-TWO")
        assert fresh().status == "returned"
        assert fresh().return_reason() == "WORDS-OF-TWO"
        message = Message.objects.get(recipient=practice.author)
        assert "REASON-BESIDE" in message.text
        assert "REASON-BESIDE" in message.html
        for person in pair:
            assert person.name not in message.text + message.html

    def test_two_times_no_declines(self, pair):
        practice = submitted()
        for person in pair:
            review(practice, person, Outcome.DECLINE)
        assert fresh().status == "declined"
        assert kinds(practice.author) == ["practices/practice_declined"]
        assert WorkflowState.objects.get().status == WorkflowState.STATUS_CANCELLED

    def test_a_declined_change_leaves_what_readers_see(self, pair):
        practice = PracticeFactory(published=True, title="Read")
        change(practice, title="Changed")
        submit(practice=practice, by=practice.author)
        for person in pair:
            review(practice, person, Outcome.DECLINE)
        assert (fresh().live, fresh().title, fresh().status) == (True, "Read", "changed")


class TestDifference:
    @pytest.fixture
    def split(self, pair):
        practice = submitted()
        review(practice, pair[0])
        review(practice, pair[1], Outcome.RETURN)
        return practice

    def test_neither_of_the_two_decides(self, split, pair):
        for person in pair:
            with pytest.raises(RefusedError, match="one of them is yours"):
                decide(practice=split, by=person, outcome=Outcome.PUBLISH)
        assert not fresh().live

    def test_a_third_decides_once(self, split):
        third, fourth = moderator("TR"), moderator()
        decide(practice=split, by=third, outcome=Outcome.RETURN, words="Please add numbers.")
        assert fresh().return_reason() == "Please add numbers."
        with pytest.raises(RefusedError, match="already been decided"):
            decide(practice=split, by=fourth, outcome=Outcome.PUBLISH)
        assert kinds(split.author) == ["practices/practice_returned"]

    def test_no_and_back_need_words(self, split):
        for outcome in (Outcome.RETURN, Outcome.DECLINE):
            with pytest.raises(RefusedError, match="Tell the author why"):
                decide(practice=split, by=moderator(), outcome=outcome, words=" ")
        with pytest.raises(RefusedError, match="Choose a decision"):
            decide(practice=split, by=moderator(), outcome="maybe")

    def test_nobody_decides_alone_before_the_reviews_are_written(self, pair):
        practice = submitted()
        review(practice, pair[0])
        with pytest.raises(RefusedError, match="some reviews aren’t finished"):
            decide(practice=practice, by=moderator(), outcome=Outcome.PUBLISH)


class TestOnlyWhatHasChanged:
    def test_after_it_came_back(self):
        practice = submitted()
        review(practice, moderator("TR"), Outcome.RETURN)
        with pytest.raises(PracticesError, match="Nothing has changed"):
            submit(practice=practice, by=practice.author)
        change(practice, summary="Other words.")
        submit(practice=practice, by=practice.author)
        assert fresh().status == "in_review"

    def test_after_it_was_published(self):
        practice = submitted()
        review(practice, moderator("TR"))
        for fields in ({}, {"title": practice.title}):
            change(practice, **fields)
            with pytest.raises(PracticesError, match=r"nothing new|Nothing has changed"):
                submit(practice=practice, by=practice.author)


class TestAppeal:
    @pytest.fixture
    def declined(self, pair):
        practice = submitted()
        for person in pair:
            review(practice, person, Outcome.DECLINE)
        return practice

    def test_another_reviewer_looks_at_it_alone(self, declined, pair):
        third = moderator("TR")
        appeal(practice=declined, by=declined.author, text="The survey is in the attachment.")
        running = open_round(declined)
        assert (running.wanted, running.appeal.text) == (1, "The survey is in the attachment.")
        assert kinds(third) == ["practices/practice_appealed"]
        for person in pair:
            assert kinds(person) == ["practices/practice_submitted"]
            assert declined not in Practice.objects.in_queue_of(person)
            with pytest.raises(RefusedError, match="involved in the decision"):
                claim(practice=declined, by=person)
        review(declined, third)
        assert fresh().live

    def test_once_and_its_answer_is_final(self, declined):
        third = moderator("TR")
        appeal(practice=declined, by=declined.author, text="Please.")
        with pytest.raises(RefusedError):
            appeal(practice=declined, by=declined.author, text="Please.")
        review(declined, third, Outcome.DECLINE)
        with pytest.raises(RefusedError, match="only appeal once"):
            appeal(practice=declined, by=declined.author, text="Again.")
        assert "decision on your appeal" in Message.objects.filter(recipient=declined.author).latest("pk").text
        assert ReviewRound.objects.count() == 2

    def test_needs_a_reason_an_author_and_a_refusal(self, declined):
        with pytest.raises(RefusedError, match="Explain why"):
            appeal(practice=declined, by=declined.author, text="  ")
        with pytest.raises(RefusedError, match="Only the authors"):
            appeal(practice=declined, by=moderator(), text="x")
        draft_only = PracticeFactory()
        save_draft(practice=draft_only, by=draft_only.author)
        with pytest.raises(RefusedError, match="nothing to appeal"):
            appeal(practice=draft_only, by=draft_only.author, text="x")

    def test_a_lead_does_not_sign_it_off_again(self, declined):
        boss = MembershipFactory(school=declined.school, lead=True).user
        choose_sign_off(school=declined.school, wanted=True, by=boss)
        appeal(practice=declined, by=declined.author, text="Please.")
        assert fresh().status == "in_review"

    def test_a_changed_text_is_submitted_as_usual(self, declined, pair):
        with pytest.raises(PracticesError, match="Nothing has changed"):
            submit(practice=declined, by=declined.author)
        change(declined, summary="Much clearer.")
        submit(practice=declined, by=declined.author)
        assert (open_round(declined).wanted, open_round(declined).held_reviews) == (2, [])
        assert declined in Practice.objects.in_queue_of(pair[0])


class TestSignOff:
    @pytest.fixture
    def school(self):
        boss = MembershipFactory(lead=True)
        choose_sign_off(school=boss.school, wanted=True, by=boss.user)
        boss.school.boss = boss.user
        return boss.school

    def test_reviewers_see_it_only_afterwards(self, school):
        judge = moderator("TR")
        practice = submitted(school=school)
        assert practice.status == "signing_off"
        assert kinds(school.boss) == ["practices/sign_off_wanted"]
        assert kinds(judge) == []
        assert practice not in Practice.objects.moderated_by(judge)
        with pytest.raises(RefusedError, match="isn’t waiting for review"):
            claim(practice=practice, by=judge)
        sign_off(practice=practice, by=school.boss, words="Well done.")
        assert fresh().status == "in_review"
        assert kinds(practice.author) == ["practices/signed_off"]
        assert kinds(judge) == ["practices/practice_submitted"]

    def test_twice_is_told(self, school):
        practice = submitted(school=school)
        sign_off(practice=practice, by=school.boss)
        for verb, words in ((sign_off, {}), (hand_back, {"reason": "x"})):
            with pytest.raises(RefusedError, match="isn’t waiting for sign-off"):
                verb(practice=practice, by=school.boss, **words)
        assert ReviewRound.objects.count() == 1
        assert kinds(practice.author) == ["practices/signed_off"]

    def test_handing_back_needs_a_reason_and_comes_to_the_lead_again(self, school):
        practice = submitted(school=school)
        with pytest.raises(RefusedError, match="what to change"):
            hand_back(practice=practice, by=school.boss, reason=" ")
        hand_back(practice=practice, by=school.boss, reason="Name the partner.")
        assert (fresh().status, fresh().return_reason()) == ("returned", "Name the partner.")
        with pytest.raises(PracticesError, match="Nothing has changed"):
            submit(practice=practice, by=practice.author)
        change(practice, summary="With Lisbon.")
        submit(practice=practice, by=practice.author)
        assert fresh().status == "signing_off"
        assert kinds(school.boss) == ["practices/sign_off_wanted"] * 2

    def test_only_a_lead_who_did_not_write_it(self, school):
        practice = submitted(school=school, author=school.boss)
        # The only lead is the author, so there is nobody to sign off.
        assert practice.status == "in_review"
        other = MembershipFactory(school=school, lead=True).user
        second = submitted(school=school, author=school.boss)
        assert second.status == "signing_off"
        for person in (
            school.boss,
            MembershipFactory(school=school).user,
            MembershipFactory(lead=True).user,
            moderator(),
        ):
            with pytest.raises(RefusedError, match=r"You wrote this|Only leads"):
                sign_off(practice=second, by=person)
        assert list(Practice.objects.to_sign_off_by(school.boss)) == []
        sign_off(practice=second, by=other)

    def test_only_leads_choose(self, school):
        for person in (MembershipFactory(school=school).user, moderator("TR")):
            with pytest.raises(RefusedError, match="Only leads"):
                choose_sign_off(school=school, wanted=False, by=person)
        assert SignOffWish.objects.get().wanted

    def test_switched_off_what_waited_goes_on(self, school):
        practice = submitted(school=school)
        choose_sign_off(school=school, wanted=False, by=school.boss)
        assert Practice.objects.get(pk=practice.pk).status == "in_review"
        assert submitted(school=school).status == "in_review"

    def test_what_nobody_can_sign_off_any_more_goes_on(self, school):
        submitted(school=school)
        assert pass_on_what_nobody_signs_off() == 0
        school.memberships.filter(role=Role.LEAD).update(ended_at=timezone.now())
        assert pass_on_what_nobody_signs_off() == 1
        assert fresh().status == "in_review"

    def test_taken_back_from_the_lead(self, school):
        practice = submitted(school=school)
        withdraw(practice=practice, by=practice.author)
        with pytest.raises(RefusedError, match="the author has withdrawn it"):
            sign_off(practice=practice, by=school.boss)


class TestTime:
    def test_reminded_once(self, pair):
        practice = submitted()
        claim(practice=practice, by=pair[0])
        call_command("care_for_reviews")
        assert "practices/review_due" not in kinds(pair[0])
        Review.objects.update(due_at=timezone.now() + timedelta(days=2))
        for _day in range(2):
            call_command("care_for_reviews")
        assert kinds(pair[0]).count("practices/review_due") == 1
        assert "practices/review_due" not in kinds(pair[1])

    def test_what_waits_too_long_is_decided_centrally(self, pair):
        central = moderator()
        practice = submitted()
        review(practice, pair[0])
        ReviewRound.objects.update(due_at=timezone.now() - timedelta(days=1))
        for _day in range(2):
            call_command("care_for_reviews")
        assert kinds(central) == ["practices/review_overdue"]
        assert practice in Practice.objects.in_queue_of(central)
        with pytest.raises(RefusedError):
            decide(practice=practice, by=pair[1], outcome=Outcome.PUBLISH)
        decide(practice=practice, by=central, outcome=Outcome.PUBLISH)
        assert fresh().live

    def test_a_review_that_is_still_in_time_is_waited_for(self, pair):
        moderator()
        practice = submitted()
        claim(practice=practice, by=pair[0])
        ReviewRound.objects.update(due_at=timezone.now() - timedelta(days=1))
        call_command("care_for_reviews")
        assert ReviewRound.objects.get().escalated_at is None
        ReviewRound.objects.update(due_at=timezone.now() - timedelta(days=15))
        call_command("care_for_reviews")
        assert ReviewRound.objects.get().escalated_at

    def test_the_reviewer_is_blind_until_the_end_and_may_finish(self, pair):
        practice = submitted()
        claim(practice=practice, by=pair[0])
        review(practice, pair[1])
        ReviewRound.objects.update(escalated_at=timezone.now())
        hand_in(practice=practice, by=pair[0], draft=draft(practice))
        assert fresh().live

    def test_authors_are_asked_every_two_years_and_confirm_with_a_click(self):
        practice = PracticeFactory(published=True, review_by=timezone.now().date() - timedelta(days=1))
        PracticeFactory(published=True, review_by=timezone.now().date())
        PracticeFactory(review_by=timezone.now().date() - timedelta(days=1))
        assert list(Practice.objects.stale()) == [practice]
        for _day in range(2):
            call_command("care_for_reviews")
        assert kinds(practice.author) == ["practices/practice_stale"]
        assert Message.objects.count() == 1
        for _click in range(2):
            still_true(practice=practice, by=practice.author)
        assert list(Practice.objects.stale()) == []
        assert Practice.objects.get(pk=practice.pk).review_by == true_until()
        assert ModelLogEntry.objects.filter(action="groups.still_true").count() == 1

    def test_who_may_not_confirm(self):
        practice = PracticeFactory(published=True)
        with pytest.raises(RefusedError, match="Only the authors"):
            still_true(practice=practice, by=moderator())
        unpublished = PracticeFactory()
        with pytest.raises(RefusedError, match="isn’t on the site"):
            still_true(practice=unpublished, by=unpublished.author)
        practice.school.labels.all().delete()
        with pytest.raises(RefusedError, match="don’t write for this school"):
            still_true(practice=practice, by=practice.author)


def test_reviews_that_began_before_there_were_two_stages_go_on():
    practice = submitted()
    # The state before the second stage existed: one task, no round.
    WorkflowTask.objects.filter(task__in=SignOffTask.objects.all()).delete()
    TaskState.objects.exclude(task__in=ModerationTask.objects.all()).delete()
    SignOffTask.objects.all().delete()
    ReviewRound.objects.all().delete()
    boss = MembershipFactory(school=practice.school, lead=True).user
    choose_sign_off(school=practice.school, wanted=True, by=boss)
    stages = WorkflowTask.objects.filter(workflow=ensure_workflow()).order_by("sort_order")
    assert [row.task.specific_class for row in stages] == [SignOffTask, ModerationTask]
    review(practice, moderator("TR"))
    assert fresh().live
    assert ensure_workflow() == ensure_workflow()
