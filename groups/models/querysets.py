from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import BigIntegerField, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from wagtail.models import TaskState, WorkflowState

from community.access import AudienceQuerySet, access_of

from .files import PracticeAttachment, PracticeImage


class PracticeQuerySet(AudienceQuerySet):
    def published(self) -> "PracticeQuerySet":
        """Practices that moderators let through and that stand on the site now."""
        return self.filter(live=True)

    def of_school(self, school) -> "PracticeQuerySet":
        """What a school has on the site, whoever wrote it."""
        return self.published().filter(school=school)

    def authored_by(self, user) -> "PracticeQuerySet":
        """A person's own practices, in any state."""
        return self.filter(author=user) if user.is_authenticated else self.none()

    def visible_to(self, user) -> "PracticeQuerySet":
        """Published practices whose audience the person is in, and their own in any state."""
        return super().visible_to(user) | self.authored_by(user)

    def unfinished(self) -> "PracticeQuerySet":
        """What its author still works on or waits for: drafts, and published ones with changes."""
        return self.filter(Q(live=False) | Q(has_unpublished_changes=True))

    def with_review(self) -> "PracticeQuerySet":
        """Annotate `review_status`: that of the running or interrupted review, empty when there is none."""
        reviews = WorkflowState.objects.active().filter(
            base_content_type=ContentType.objects.get_for_model(self.model),
            object_id=Cast(OuterRef("pk"), models.CharField()),
        )
        return self.annotate(
            review_status=Coalesce(Subquery(reviews.values("status")[:1]), Value(""), output_field=models.CharField())
        )

    def with_submission(self) -> "PracticeQuerySet":
        """Annotate `submitted_at`: when the author last asked for a review."""
        asked = TaskState.objects.filter(
            workflow_state__base_content_type=ContentType.objects.get_for_model(self.model),
            workflow_state__object_id=Cast(OuterRef("pk"), models.CharField()),
        )
        return self.annotate(submitted_at=Subquery(asked.order_by("-started_at").values("started_at")[:1]))

    def for_list(self) -> "PracticeQuerySet":
        """What a card of a practice shows, in a fixed number of queries and without the long texts."""
        return (
            self.with_review()
            .select_related("school", "cover")
            .prefetch_related("cover__renditions")
            .defer(*self.model.TEXTS, "search_text")
        )

    def for_reading(self) -> "PracticeQuerySet":
        """Everything that a practice's own page shows."""
        images = PracticeImage.objects.select_related("image").prefetch_related("image__renditions")
        return (
            self.with_review()
            .select_related("school", "author", "cover")
            .prefetch_related(
                "cover__renditions",
                Prefetch("images", images),
                Prefetch("attachments", PracticeAttachment.objects.select_related("document")),
            )
        )

    def in_review(self) -> "PracticeQuerySet":
        """Practices that wait for a moderator."""
        waiting = WorkflowState.objects.filter(
            base_content_type=ContentType.objects.get_for_model(self.model),
            status=WorkflowState.STATUS_IN_PROGRESS,
        )
        return self.filter(pk__in=waiting.values(practice=Cast("object_id", BigIntegerField())))

    def in_countries_of(self, user) -> "PracticeQuerySet":
        """Practices of the schools that the person moderates."""
        access = access_of(user)
        if access.moderates_all:
            return self.all()
        return self.filter(school__country__in=access.moderated_countries)

    def in_queue_of(self, user) -> "PracticeQuerySet":
        """What waits for this moderator: in review, of their countries, not of a school of their own."""
        own = [belonging.school_id for belonging in access_of(user).belongings]
        return self.in_review().in_countries_of(user).exclude(author=user).exclude(school__in=own)

    def moderated_by(self, user) -> "PracticeQuerySet":
        """What a moderator may open in the admin: submitted or published practices, never others' drafts."""
        return (self.published() | self.in_review()).in_countries_of(user)

    def shows_in_review(self, user, file) -> bool:
        """Whether a text that waits in the person's countries shows the file, which its author uploaded."""
        if file.uploaded_by_user_id is None:
            return False
        # New pictures of a published practice are in its latest version only, hence no look at the rows.
        waiting = self.in_review().in_countries_of(user).filter(author=file.uploaded_by_user_id)
        return any(
            practice.get_latest_revision_as_object().shows(file)
            for practice in waiting.select_related("latest_revision")
        )
