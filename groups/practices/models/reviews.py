from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState

from community.access import access_of

from .rubrics import Criterion, Rubric

MOST_REVIEWERS = 3


class Outcome(models.TextChoices):
    PUBLISH = "publish", _("Publish")
    RETURN = "return", _("Send back with reasons")
    DECLINE = "decline", _("Decline")


class Score(models.IntegerChoices):
    NOT_YET = 1, _("not yet")
    PARTLY = 2, _("in part")
    WELL = 3, _("well")
    MODEL = 4, _("a model for others")


class ReviewRoundQuerySet(models.QuerySet):
    def open(self) -> "ReviewRoundQuerySet":
        """Rounds that are not decided and whose practice has not been taken back."""
        return self.filter(task_state__status=TaskState.STATUS_IN_PROGRESS)

    def overdue(self, at: datetime | None = None) -> "ReviewRoundQuerySet":
        """Open rounds past their due date."""
        return self.open().filter(due_at__lt=at or timezone.now())

    def with_progress(self) -> "ReviewRoundQuerySet":
        """Annotate `taken` and `written`: how many places are claimed, and in how many of them is written."""
        return self.annotate(
            taken=Count("reviews", filter=Q(reviews__released_at=None)),
            written=Count("reviews", filter=Q(reviews__released_at=None, reviews__written_at__isnull=False)),
        )

    def waiting_for(self, user) -> "ReviewRoundQuerySet":
        """Open rounds in which the person can do something: their own unwritten review, a free place, a decision.

        Says nothing about countries and schools: PracticeQuerySet.in_queue_of does.
        """
        own = Review.objects.filter(reviewer=user, released_at=None)
        begun, done = (own.filter(written_at=None), own.exclude(written_at=None))
        theirs = Q(pk__in=begun.values("round"))
        free = Q(taken__lt=F("wanted")) & ~Q(pk__in=done.values("round"))
        split = Q(written__gte=F("wanted")) & ~Q(pk__in=own.values("round"))
        if access_of(user).moderates_all:
            # What waits too long is decided by the central moderators, who claim no more places in it.
            free = free & Q(escalated_at=None)
            split = split | (Q(escalated_at__isnull=False) & ~Q(pk__in=begun.values("round")))
        return (
            self.open().with_progress().filter(theirs | free | split).exclude(pk__in=self.closed_to(user).values("pk"))
        )

    def closed_to(self, user) -> "ReviewRoundQuerySet":
        """Appeals against a decision in which the person had a part."""
        first = Q(appeal__declined__reviews__reviewer=user, appeal__declined__reviews__written_at__isnull=False)
        return self.model.objects.filter(first | Q(appeal__declined__decided_by=user))


class ReviewRound(models.Model):
    """One submission in the hands of the reviewers: from the moment it reaches them to the decision.

    The row of Wagtail's workflow says whether it is running; this one says by which rubric, by how many, until when.
    """

    practice = models.ForeignKey("practices.Practice", models.CASCADE, related_name="rounds")
    task_state = models.OneToOneField("wagtailcore.TaskState", models.CASCADE, related_name="+")
    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="+")
    wanted = models.PositiveSmallIntegerField(_("reviews wanted"), default=1)
    began_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(_("due"))
    # Past the due date the central moderators were asked to decide.
    escalated_at = models.DateTimeField(null=True)
    appeal = models.OneToOneField("practices.Appeal", models.SET_NULL, null=True, related_name="round")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    words = models.TextField(_("words of who decided"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = ReviewRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of reviews")
        verbose_name_plural = _("rounds of reviews")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(wanted__gte=1, wanted__lte=MOST_REVIEWERS), name="round_wants_reviews"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None) | (~Q(outcome="") & Q(decided_at__isnull=False)),
                name="round_decided_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.outcome or 'open'}"

    @property
    def is_open(self) -> bool:
        return self.task_state.status == TaskState.STATUS_IN_PROGRESS

    @cached_property
    def standing(self) -> list["Review"]:
        """The reviews that hold a place, first place first."""
        held = Review.objects.filter(round=self, released_at=None)
        return list(held.select_related("reviewer").order_by("seat"))

    @property
    def handed_in(self) -> list["Review"]:
        return [review for review in self.standing if review.written_at]

    @property
    def is_split(self) -> bool:
        """Whether every review is written and no decision followed: they differ, somebody else decides."""
        return self.is_open and len(self.handed_in) >= self.wanted

    def excludes(self, user) -> bool:
        """Whether the person had a part in the decision that this round looks at again."""
        return type(self).objects.closed_to(user).filter(pk=self.pk).exists()


class ReviewQuerySet(models.QuerySet):
    def with_scores(self) -> "ReviewQuerySet":
        """Bring the scores with their criteria, first place first."""
        return self.prefetch_related("scores__criterion").order_by("seat", "pk")

    def visible_to(self, user) -> "ReviewQuerySet":
        """A reviewer's own; others' of a round once it is decided, or once nobody may be influenced any more.

        The last is so when every review that the round wants is written, and for a central moderator who holds no
        unwritten review in a round that was handed to them because it waited too long.
        """
        blind = Review.objects.filter(reviewer=user, released_at=None, written_at=None)
        open_to = Q(decided_at__isnull=False) | Q(written__gte=F("wanted"))
        if access_of(user).moderates_all:
            open_to |= Q(escalated_at__isnull=False)
        told = ReviewRound.objects.with_progress().filter(open_to).exclude(pk__in=blind.values("round"))
        others = Q(round__in=told.values("pk"), written_at__isnull=False)
        return self.filter(Q(reviewer=user) | others)


class Review(models.Model):
    """One reviewer's look at one submission. It holds a numbered place of its round, as long as it is not released."""

    round = models.ForeignKey(ReviewRound, models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="practice_reviews")
    seat = models.PositiveSmallIntegerField(null=True)
    claimed_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(_("due"))
    released_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField(null=True)
    recommendation = models.CharField(_("recommendation"), max_length=10, choices=Outcome, blank=True)
    words = models.TextField(_("words to the author"), blank=True)
    make_public = models.BooleanField(default=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["seat", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "reviewer"], name="one_review_per_reviewer_and_round"),
            models.UniqueConstraint(fields=["round", "seat"], name="one_review_per_place"),
            models.CheckConstraint(
                condition=Q(seat=None, released_at__isnull=False)
                | Q(seat__isnull=False, seat__gte=1, seat__lte=MOST_REVIEWERS, released_at=None),
                name="review_holds_a_place_or_is_released",
            ),
            models.CheckConstraint(
                condition=Q(written_at=None) | ~Q(recommendation=""), name="written_review_recommends_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.seat}"

    def save_scores(self, scores: dict[int, tuple[int | None, str]]) -> None:
        """Keep score and reason per criterion of the round's rubric; what is not named stays as it is."""
        known = self.round.rubric.criteria.filter(pk__in=scores).values_list("pk", flat=True)
        CriterionScore.objects.bulk_create(
            [
                CriterionScore(review=self, criterion_id=key, score=scores[key][0], reason=scores[key][1])
                for key in known
            ],
            update_conflicts=True,
            unique_fields=["review", "criterion"],
            update_fields=["score", "reason"],
        )


class CriterionScore(models.Model):
    """How well a practice meets one criterion in one reviewer's eyes, and why."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(_("score"), choices=Score, null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["criterion__sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="one_score_per_criterion"),
            models.CheckConstraint(condition=Q(score=None) | Q(score__gte=1, score__lte=4), name="score_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.score}"


class Appeal(models.Model):
    """An author asks once for another look at a practice that was declined, and says why."""

    declined = models.OneToOneField(ReviewRound, models.CASCADE, related_name="appeal_against")
    text = models.TextField(_("why it should be looked at again"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")

    def __str__(self) -> str:
        return f"{self.declined_id}"
