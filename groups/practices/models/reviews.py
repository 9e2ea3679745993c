from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState

from community.access import access_of
from community.models import User

from .rubrics import Criterion, Rubric

MOST_REVIEWERS = 3


class Outcome(models.TextChoices):
    PUBLISH = "publish", _("Publish")
    RETURN = "return", _("Send back with reasons")
    DECLINE = "decline", _("Decline")


class Score(models.IntegerChoices):
    NOT_YET = 1, _("not yet")
    PARTLY = 2, _("partly")
    WELL = 3, _("well")
    MODEL = 4, _("a model for others")


def is_held(to: str = "") -> Q:
    """Return the condition for a review that holds a seat; `to` is the path to it, such as "reviews__"."""
    return Q(**{f"{to}released_at": None})


def is_written(to: str = "") -> Q:
    """Return the condition for a review that was handed in, even if its seat was released later."""
    return Q(**{f"{to}written_at__isnull": False})


class ReviewRoundQuerySet(models.QuerySet):
    def open(self) -> "ReviewRoundQuerySet":
        """Return rounds neither decided nor ended by withdrawal of the practice."""
        return self.filter(task_state__status=TaskState.STATUS_IN_PROGRESS)

    def overdue(self, at: datetime | None = None) -> "ReviewRoundQuerySet":
        """Return open rounds past their due date."""
        return self.open().filter(due_at__lt=at or timezone.now())

    def with_progress(self) -> "ReviewRoundQuerySet":
        """Annotate `taken` (seats claimed) and `written` (claimed seats whose review is handed in)."""
        return self.annotate(
            taken=Count("reviews", filter=is_held("reviews__")),
            written=Count("reviews", filter=is_held("reviews__") & is_written("reviews__")),
        )

    def waiting_for(self, user) -> "ReviewRoundQuerySet":
        """Return open rounds the person can act on: an unwritten review of theirs, a free seat, a decision.

        Countries and conflicts of interest are not checked here; see PracticeQuerySet.in_queue_of.
        """
        own = Review.objects.held_by(user)
        begun, done = own.unwritten(), own.handed_in()
        theirs = Q(pk__in=begun.values("round"))
        free = Q(taken__lt=F("wanted")) & ~Q(pk__in=done.values("round"))
        split = Q(written__gte=F("wanted")) & ~Q(pk__in=own.values("round"))
        if access_of(user).moderates_all:
            # Central moderators decide escalated rounds instead of claiming seats.
            free = free & Q(escalated_at=None)
            split = split | (Q(escalated_at__isnull=False) & ~Q(pk__in=begun.values("round")))
        return (
            self.open().with_progress().filter(theirs | free | split).exclude(pk__in=self.closed_to(user).values("pk"))
        )

    def closed_to(self, user) -> "ReviewRoundQuerySet":
        """Return appeal rounds against decisions that the person reviewed or made."""
        first = Q(appeal__declined__reviews__reviewer=user) & is_written("appeal__declined__reviews__")
        return self.model.objects.filter(first | Q(appeal__declined__decided_by=user))


class ReviewRound(models.Model):
    """One submission's review, from its arrival with the reviewers to the decision.

    Wagtail's task state says whether it is running; this row holds the rubric, number of reviews and due date.
    """

    practice = models.ForeignKey("practices.Practice", models.CASCADE, related_name="rounds")
    task_state = models.OneToOneField("wagtailcore.TaskState", models.CASCADE, related_name="+")
    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="+")
    wanted = models.PositiveSmallIntegerField(_("reviews needed"), default=1)
    began_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(_("due"))
    # When the overdue round was passed to the central moderators.
    escalated_at = models.DateTimeField(null=True)
    appeal = models.OneToOneField("practices.Appeal", models.SET_NULL, null=True, related_name="round")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    words = models.TextField(_("decision note"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = ReviewRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("review round")
        verbose_name_plural = _("review rounds")
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
    def held_reviews(self) -> list["Review"]:
        """The reviews that hold a seat, in seat order."""
        return list(Review.objects.held().filter(round=self).select_related("reviewer").order_by("seat"))

    @property
    def handed_in(self) -> list["Review"]:
        return [review for review in self.held_reviews if review.written_at]

    @property
    def is_split(self) -> bool:
        """True if all reviews are in but disagree, so another moderator must decide."""
        return self.is_open and len(self.handed_in) >= self.wanted

    def excludes(self, user) -> bool:
        """Return whether the person reviewed or made the decision under appeal."""
        return type(self).objects.closed_to(user).filter(pk=self.pk).exists()


class ReviewQuerySet(models.QuerySet):
    def held(self) -> "ReviewQuerySet":
        """Return the reviews that hold a seat."""
        return self.filter(is_held())

    def held_by(self, user: User) -> "ReviewQuerySet":
        """Return the reviews for which the person holds a seat."""
        return self.held().filter(reviewer=user)

    def unwritten(self) -> "ReviewQuerySet":
        """Return the reviews that hold a seat but haven't been handed in."""
        return self.held().exclude(is_written())

    def handed_in(self) -> "ReviewQuerySet":
        """Return the reviews that count: handed in, and still holding a seat."""
        return self.held().written()

    def written(self) -> "ReviewQuerySet":
        """Return the reviews handed in, including those whose seat was released later."""
        return self.filter(is_written())

    def with_scores(self) -> "ReviewQuerySet":
        """Prefetch scores with their criteria, in seat order."""
        return self.prefetch_related("scores__criterion").order_by("seat", "pk")

    def visible_to(self, user) -> "ReviewQuerySet":
        """Return the reviewer's own reviews, and others' once reading them can influence nobody.

        That is when the round is decided, when all its reviews are in or, for a central moderator, when it was
        escalated. Never while the person holds an unwritten review in the round, even after the decision.
        """
        blind = Review.objects.held_by(user).unwritten()
        open_to = Q(decided_at__isnull=False) | Q(written__gte=F("wanted"))
        if access_of(user).moderates_all:
            open_to |= Q(escalated_at__isnull=False)
        told = ReviewRound.objects.with_progress().filter(open_to).exclude(pk__in=blind.values("round"))
        others = Q(round__in=told.values("pk")) & is_written()
        return self.filter(Q(reviewer=user) | others)


class Review(models.Model):
    """One reviewer's review of a submission. It holds a numbered seat in the round until released."""

    round = models.ForeignKey(ReviewRound, models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="practice_reviews")
    seat = models.PositiveSmallIntegerField(null=True)
    claimed_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(_("due"))
    released_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField(null=True)
    recommendation = models.CharField(_("recommendation"), max_length=10, choices=Outcome, blank=True)
    words = models.TextField(_("note to the author"), blank=True)
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
        """Save score and reason per criterion of the round's rubric; criteria not given stay unchanged."""
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
    """One reviewer's score for one criterion, with the reason."""

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
    """An author's appeal against a declined practice, allowed once per decision."""

    declined = models.OneToOneField(ReviewRound, models.CASCADE, related_name="appeal_against")
    text = models.TextField(_("reason for the appeal"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")

    def __str__(self) -> str:
        return f"{self.declined_id}"
