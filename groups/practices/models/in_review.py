"""Queryset methods for practices in review."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from community.access import access_of, moderated_rows

from .conflicts import ConflictsQuerySet
from .reviews import ReviewRound

# Model names of the two workflow tasks in tasks.py.
SIGN_OFF, REVIEW = "signofftask", "moderationtask"


class InReviewQuerySet(ConflictsQuerySet):
    def _waiting_at(self, task: str) -> "InReviewQuerySet":
        waiting = WorkflowState.objects.filter(
            base_content_type=ContentType.objects.get_for_model(self.model),
            status=WorkflowState.STATUS_IN_PROGRESS,
            current_task_state__task__content_type__model=task,
        )
        return self.filter(pk__in=waiting.values(practice=Cast("object_id", BigIntegerField())))

    def in_sign_off(self) -> "InReviewQuerySet":
        """Return practices awaiting sign-off by a lead of their school."""
        return self._waiting_at(SIGN_OFF)

    def in_review(self) -> "InReviewQuerySet":
        """Return practices with the reviewers."""
        return self._waiting_at(REVIEW)

    def with_review(self) -> "InReviewQuerySet":
        """Annotate `review_status` (of the active workflow), `review_stage` (the model name of its task) and
        `last_outcome` (of the latest review round). Each is empty if there is none."""
        reviews = WorkflowState.objects.active().filter(
            base_content_type=ContentType.objects.get_for_model(self.model),
            object_id=Cast(OuterRef("pk"), models.CharField()),
        )
        rounds = ReviewRound.objects.filter(practice=OuterRef("pk")).order_by("-pk")
        stage = "current_task_state__task__content_type__model"
        return self.annotate(
            review_status=_or_empty(reviews.values("status")),
            review_stage=_or_empty(reviews.values(stage)),
            last_outcome=_or_empty(rounds.values("outcome")),
        )

    def with_submission(self) -> "InReviewQuerySet":
        """Annotate `submitted_at`: when the current stage began."""
        asked = TaskState.objects.filter(
            workflow_state__base_content_type=ContentType.objects.get_for_model(self.model),
            workflow_state__object_id=Cast(OuterRef("pk"), models.CharField()),
        )
        return self.annotate(submitted_at=Subquery(asked.order_by("-started_at", "-pk").values("started_at")[:1]))

    def in_countries_of(self, user) -> "InReviewQuerySet":
        """Return practices of schools in countries that the person moderates."""
        return self.filter(moderated_rows(user))

    def reviewable_by(self, user) -> "InReviewQuerySet":
        """Return practices with the reviewers, in the person's countries and without a conflict of interest."""
        return self.in_review().in_countries_of(user).without_conflicts_of(user)

    def in_queue_of(self, user) -> "InReviewQuerySet":
        """Return the moderator's queue: reviews they have claimed, free seats and pending decisions."""
        return self.reviewable_by(user).filter(pk__in=ReviewRound.objects.waiting_for(user).values("practice"))

    def moderated_by(self, user) -> "InReviewQuerySet":
        """Return what a moderator may open in the admin: practices in review or published, never drafts."""
        return (self.published() | self.in_review()).in_countries_of(user)

    def to_sign_off_by(self, user) -> "InReviewQuerySet":
        """Return practices awaiting this lead's sign-off; never their own."""
        led = access_of(user).led_school_ids
        return self.in_sign_off().filter(school__in=led).exclude(author=user) if led else self.none()

    def stale(self, on: date | None = None) -> "InReviewQuerySet":
        """Return published practices due for confirmation (`review_by` has passed)."""
        return self.published().filter(review_by__lt=on or timezone.now().date())

    def shows_in_review(self, user, file) -> bool:
        """Return whether a practice awaiting the person as moderator or lead shows this file of its author."""
        access = access_of(user)
        if file.uploaded_by_user_id is None or not (access.is_moderator or access.belongings):
            return False
        # New pictures of a published practice exist only in its latest revision, so the rows are not enough.
        waiting = self.to_sign_off_by(user)
        if access.is_moderator:
            waiting = waiting | self.in_review().in_countries_of(user)
        return any(
            practice.get_latest_revision_as_object().shows(file)
            for practice in waiting.written_by(file.uploaded_by_user).select_related("latest_revision")
        )


def _or_empty(rows: QuerySet) -> Coalesce:
    return Coalesce(Subquery(rows[:1]), Value(""), output_field=models.CharField())
