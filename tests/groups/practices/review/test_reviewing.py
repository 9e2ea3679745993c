"""Reviewers: eligibility, places, blindness, and what a review needs to be handed in."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from groups.practices.errors import RefusedError
from groups.practices.models import CoAuthor, Outcome, Practice, Review, ReviewRound
from groups.practices.review.deciding import decide, result_of, suggested
from groups.practices.review.reviewing import Draft, claim, hand_in, release, save_review
from groups.practices.review.rounds import open_round
from groups.practices.review.rubric import current_rubric, revise
from groups.practices.writing import save_draft, submit, withdraw

from ....factories import MembershipFactory, SchoolFactory, member, moderator
from ...factories import PracticeFactory
from ..reviewing import draft, kinds, review, submitted

pytestmark = pytest.mark.django_db


class TestHowMany:
    def test_two_where_two_can(self, pair):
        assert open_round(submitted()).wanted == 2

    def test_one_where_there_is_only_one(self):
        moderator("TR")
        assert open_round(submitted()).wanted == 1

    def test_as_the_setting_says(self, pair, settings):
        settings.REVIEWERS_PER_PRACTICE = 1
        assert open_round(submitted()).wanted == 1

    def test_a_central_moderator_makes_the_second(self):
        near, central = moderator("TR"), moderator()
        assert open_round(submitted()).wanted == 2
        assert kinds(near) == kinds(central) == ["practices/practice_submitted"]

    def test_colleagues_of_the_author_do_not_count(self):
        practice = PracticeFactory()
        MembershipFactory(user=moderator("TR"), school=practice.school)
        moderator("TR")
        save_draft(practice=practice, by=practice.author)
        submit(practice=practice, by=practice.author)
        assert open_round(practice).wanted == 1


class TestPlaces:
    def test_claiming_twice_is_claiming_once_and_the_third_is_told(self, pair):
        practice, third = submitted(), moderator("TR")
        assert claim(practice=practice, by=pair[0]) == claim(practice=practice, by=pair[0])
        claim(practice=practice, by=pair[1])
        with pytest.raises(RefusedError, match="All reviewer places are taken"):
            claim(practice=practice, by=third)
        assert [row.seat for row in open_round(practice).held_reviews] == [1, 2]
        assert ModelLogEntry.objects.filter(action="groups.claim_review").count() == 2

    def test_a_released_place_is_free_and_what_was_typed_is_kept(self, pair):
        practice = submitted()
        claim(practice=practice, by=pair[0])
        save_review(practice=practice, by=pair[0], draft=Draft(words="Half a thought"))
        release(practice=practice, by=pair[0])
        release(practice=practice, by=pair[0])
        assert open_round(practice).held_reviews == []
        assert ModelLogEntry.objects.filter(action="groups.release_review").count() == 1
        assert claim(practice=practice, by=pair[0]).words == "Half a thought"

    def test_after_a_release_nothing_is_written(self, pair):
        practice = submitted()
        claim(practice=practice, by=pair[0])
        release(practice=practice, by=pair[0])
        for verb in (save_review, hand_in):
            with pytest.raises(RefusedError, match="Claim the review first"):
                verb(practice=practice, by=pair[0], draft=draft(practice))

    def test_what_is_handed_in_stays(self, pair):
        practice = submitted()
        review(practice, pair[0])
        with pytest.raises(RefusedError, match="can’t withdraw it"):
            release(practice=practice, by=pair[0])
        with pytest.raises(RefusedError, match="already submitted your review"):
            hand_in(practice=practice, by=pair[0], draft=draft(practice, Outcome.DECLINE))
        assert Review.objects.get().recommendation == Outcome.PUBLISH

    def test_the_database_knows_places_too(self, pair):
        practice = submitted()
        first = claim(practice=practice, by=pair[0])
        for changes in (
            {"seat": 1, "reviewer": pair[1]},
            {"seat": None, "reviewer": pair[1]},
            {"seat": 4, "reviewer": pair[1]},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Review.objects.create(round=first.round, due_at=timezone.now(), **changes)


class TestNeverTheirOwn:
    """Claiming, writing, handing in and deciding are all refused, whichever school the person has joined."""

    def close(self, person, practice, how):
        if how == "school":
            MembershipFactory(user=person, school=practice.school)
        elif how == "author's other school":
            school = MembershipFactory(user=practice.author).school
            MembershipFactory(user=person, school=school)
        else:
            along = MembershipFactory()
            CoAuthor.objects.create(
                practice=practice,
                person=along.user,
                school=along.school,
                standing="accepted",
                answered_at=timezone.now(),
            )
            school = along.school if how == "co-author's school" else MembershipFactory(user=along.user).school
            MembershipFactory(user=person, school=school)

    HOW = ["school", "author's other school", "co-author's school", "co-author's other school"]

    @pytest.mark.parametrize("how", HOW)
    def test_claiming(self, pair, how):
        practice = submitted()
        assert practice in Practice.objects.in_queue_of(pair[0])
        self.close(pair[0], practice, how)
        assert practice not in Practice.objects.in_queue_of(pair[0])
        with pytest.raises(RefusedError, match="member of one of the authors’ schools"):
            claim(practice=practice, by=pair[0])

    @pytest.mark.parametrize("how", HOW)
    def test_writing(self, pair, how):
        practice = submitted()
        claim(practice=practice, by=pair[0])
        self.close(pair[0], practice, how)
        for verb in (save_review, hand_in):
            with pytest.raises(RefusedError, match="member of one of the authors’ schools"):
                verb(practice=practice, by=pair[0], draft=draft(practice))

    @pytest.mark.parametrize("how", HOW)
    def test_a_written_review_does_not_count_when_its_reviewer_joins_in_between(self, pair, how):
        practice = submitted()
        review(practice, pair[0])
        self.close(pair[0], practice, how)
        review(practice, pair[1])
        assert not Practice.objects.get().live
        assert [row.reviewer for row in open_round(practice).held_reviews] == [pair[1]]
        review(practice, moderator("TR"))
        assert Practice.objects.get().live

    def test_deciding(self, pair):
        practice, third = submitted(), moderator("TR")
        review(practice, pair[0])
        review(practice, pair[1], Outcome.RETURN)
        MembershipFactory(user=third, school=practice.school)
        with pytest.raises(RefusedError, match="don’t moderate this school"):
            decide(practice=practice, by=third, outcome=Outcome.PUBLISH)

    def test_another_country_and_no_moderator(self, pair):
        practice = submitted()
        for person in (moderator("PT"), member()):
            with pytest.raises(RefusedError, match="don’t moderate"):
                claim(practice=practice, by=person)

    def test_the_place_of_somebody_who_joined_is_given_to_the_next(self, pair):
        practice = submitted()
        claim(practice=practice, by=pair[0])
        claim(practice=practice, by=pair[1])
        MembershipFactory(user=pair[0], school=practice.school)
        assert claim(practice=practice, by=moderator("TR")).seat == 1


class TestBlind:
    def seen_by(self, person):
        return {row.reviewer for row in Review.objects.visible_to(person)}

    def test_nobody_sees_the_other_before_both_have_written(self, pair):
        practice, third = submitted(), moderator("TR")
        claim(practice=practice, by=pair[1])
        review(practice, pair[0])
        assert self.seen_by(pair[0]) == {pair[0]}
        assert self.seen_by(pair[1]) == {pair[1]}
        assert self.seen_by(third) == set()
        hand_in(practice=practice, by=pair[1], draft=draft(practice, Outcome.RETURN))
        assert self.seen_by(pair[0]) == self.seen_by(pair[1]) == self.seen_by(third) == set(pair)

    def test_central_moderators_are_as_blind_unless_it_waited_too_long(self, pair):
        practice, central = submitted(), moderator()
        review(practice, pair[0])
        assert self.seen_by(central) == set()
        claim(practice=practice, by=central)
        ReviewRound.objects.update(escalated_at=timezone.now())
        assert self.seen_by(central) == {central}
        release(practice=practice, by=central)
        assert self.seen_by(central) == {central, pair[0]}
        with pytest.raises(RefusedError, match="passed to you to decide"):
            claim(practice=practice, by=central)

    def test_the_log_tells_nothing_of_what_was_written(self, pair):
        practice = submitted()
        review(practice, pair[0], Outcome.DECLINE, words="NEEDLE")
        entries = ModelLogEntry.objects.for_instance(practice)
        assert "NEEDLE" not in str([entry.data for entry in entries])
        assert "decline" not in str([entry.data for entry in entries])


class TestHandingIn:
    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"scores": {}}, "Score every criterion"),
            ({"recommendation": ""}, "Choose a recommendation"),
            ({"recommendation": Outcome.RETURN, "words": ""}, "Tell the author what to change"),
            ({"recommendation": Outcome.DECLINE, "words": ""}, "why it should be declined"),
        ],
    )
    def test_what_is_missing_is_said_and_nothing_is_handed_in(self, pair, changes, sentence):
        practice = submitted()
        claim(practice=practice, by=pair[0])
        with pytest.raises(RefusedError, match=sentence):
            hand_in(practice=practice, by=pair[0], draft=draft(practice, **changes))
        assert Review.objects.get().written_at is None

    def test_a_reason_beside_a_criterion_is_reason_enough_to_return(self, pair):
        practice = submitted()
        first = open_round(practice).rubric.criteria.first()
        scores = draft(practice).scores | {first.pk: (1, "Say who took part.")}
        assert review(practice, pair[0], Outcome.RETURN, words="", scores=scores).written_at

    def test_a_running_review_keeps_its_rubric(self, pair):
        practice = submitted()
        before = current_rubric()
        changed = list(before.criteria.all())[:2]
        revise(criteria=changed, by=moderator())
        review(practice, pair[0])
        assert open_round(practice).rubric == before
        assert Review.objects.get().scores.count() == before.criteria.count()
        assert open_round(submitted()).rubric == current_rubric() != before

    def test_scores_suggest_an_outcome(self, pair):
        practice = submitted()
        keys = [criterion.pk for criterion in open_round(practice).rubric.criteria.all()]
        claim(practice=practice, by=pair[0])
        for scores, result, outcome in [
            ([3] * 6, 67, Outcome.PUBLISH),
            ([4, 4, 4, 4, 4, 1], 90, Outcome.RETURN),
            ([2] * 6, 33, Outcome.RETURN),
            ([1] * 6, 0, Outcome.DECLINE),
        ]:
            save_review(
                practice=practice, by=pair[0], draft=Draft({k: (s, "") for k, s in zip(keys, scores, strict=True)})
            )
            own = Review.objects.with_scores().get()
            assert (result_of(own, 6), suggested(own, 6)) == (result, outcome)
        save_review(practice=practice, by=pair[0], draft=Draft({keys[0]: (None, "")}))
        own = Review.objects.with_scores().get()
        assert (result_of(own, 6), suggested(own, 6)) == (None, "")

    def test_taken_back_while_it_is_reviewed(self, pair):
        practice = submitted()
        claim(practice=practice, by=pair[0])
        withdraw(practice=practice, by=practice.author)
        assert kinds(pair[0])[-1] == "practices/practice_taken_back"
        assert kinds(pair[1]) == ["practices/practice_submitted"]
        for verb in (save_review, hand_in):
            with pytest.raises(RefusedError, match="the author has withdrawn it"):
                verb(practice=practice, by=pair[0], draft=Draft())
        assert practice not in Practice.objects.in_queue_of(pair[0])


def test_the_queue_is_what_one_can_do_something_about(pair):
    practice, third, central = submitted(), moderator("TR"), moderator()

    def waits():
        return [practice in Practice.objects.in_queue_of(person) for person in (*pair, third, central)]

    assert waits() == [True, True, True, True]
    claim(practice=practice, by=pair[0])
    claim(practice=practice, by=pair[1])
    assert waits() == [True, True, False, False]
    hand_in(practice=practice, by=pair[0], draft=draft(practice))
    assert waits() == [False, True, False, False]
    hand_in(practice=practice, by=pair[1], draft=draft(practice, Outcome.RETURN))
    assert waits() == [False, False, True, True]
    assert kinds(third)[-1] == "practices/reviews_differ"
    ReviewRound.objects.update(due_at=timezone.now() - timedelta(days=1), escalated_at=timezone.now())
    decide(practice=practice, by=central, outcome=Outcome.PUBLISH)
    assert waits() == [False, False, False, False]


def test_who_sent_it_back_gets_it_again(pair):
    practice = submitted()
    for person in pair:
        review(practice, person, Outcome.RETURN)
    changed = Practice.objects.get()
    changed.summary = "Twelve-year-olds lead."
    save_draft(practice=changed, by=practice.author)
    submit(practice=practice, by=practice.author)
    assert [row.reviewer for row in open_round(practice).held_reviews] == list(pair)
    assert [kinds(person)[-1] for person in pair] == ["practices/review_again"] * 2
    assert kinds(moderator("TR")) == []
    for person in pair:
        hand_in(practice=practice, by=person, draft=draft(practice))
    assert Practice.objects.get().live


def test_practices_of_a_school_elsewhere_do_not_wait(pair):
    abroad = submitted(school=SchoolFactory(labelled=True, country="PT"))
    assert abroad not in Practice.objects.in_queue_of(pair[0])
