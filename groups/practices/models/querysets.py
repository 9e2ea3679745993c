from django.db.models import Exists, F, OuterRef, Prefetch, Q, Value

from content.models import SiteImage

from .co_authors import CoAuthor
from .files import PracticeImage
from .in_review import InReviewQuerySet
from .saves import SavedPractice


class PracticeQuerySet(InReviewQuerySet):
    def published(self) -> "PracticeQuerySet":
        """Practices that moderators let through and that stand on the site now."""
        return self.filter(live=True)

    def of_school(self, school) -> "PracticeQuerySet":
        """What a school has on the site, whoever wrote it."""
        return self.published().filter(school=school)

    def authored_by(self, user) -> "PracticeQuerySet":
        """A person's own practices, in any state."""
        return self.filter(author=user) if user.is_authenticated else self.none()

    def written_by(self, user) -> "PracticeQuerySet":
        """What a person wrote or agreed to write along, in any state."""
        if not user.is_authenticated:
            return self.none()
        along = CoAuthor.objects.accepted().filter(person=user)
        return self.filter(Q(author=user) | Q(pk__in=along.values("practice")))

    def visible_to(self, user) -> "PracticeQuerySet":
        """Published practices whose audience the person is in, and what they write in any state."""
        return super().visible_to(user) | self.written_by(user)

    def unfinished(self) -> "PracticeQuerySet":
        """What its author still works on or waits for: drafts, and published ones with changes."""
        return self.filter(Q(live=False) | Q(has_unpublished_changes=True))

    def for_list(self, *, texts: bool = False) -> "PracticeQuerySet":
        """What a card of a practice shows, in a fixed number of queries; the long texts only where they are asked
        for."""
        hidden = PracticeImage.objects.lacking_consent().filter(practice=OuterRef("pk"), image=OuterRef("cover"))
        return (
            self.with_review()
            .annotate(cover_lacks_consent=Exists(hidden))
            .select_related("school", "cover")
            .prefetch_related("cover__renditions")
            .defer(*([] if texts else self.model.TEXTS), "search_text")
        )

    def with_saved_by(self, user) -> "PracticeQuerySet":
        """Annotate `is_saved`: whether the person has it in their list."""
        if not user.is_authenticated:
            return self.annotate(is_saved=Value(False))
        return self.annotate(is_saved=Exists(SavedPractice.objects.filter(user=user, practice=OuterRef("pk"))))

    def for_index(self) -> "PracticeQuerySet":
        """What finding/index.py keeps of each row; `listed` tells whether it is published."""
        return self.order_by().values(
            *("pk", "audience", "language", "pillars", "subjects", "levels", "age_min", "age_max", "competences"),
            *("duration", "tools", "evidence_strength", "tries_count", "adaptations_count", "school_id"),
            *("first_published_at", "changed_at"),
            listed=F("live"),
            country=F("school__country"),
        )

    def with_co_authors(self) -> "PracticeQuerySet":
        """Bring who is named beside the author, for the byline and for who may do what."""
        return self.prefetch_related(Prefetch("co_authors", CoAuthor.objects.named(), to_attr="named_co_authors"))

    def shows_to_authors(self, user, file) -> bool:
        """Whether a practice that the person and the file's uploader write together has it, in the row or the draft."""
        if file.uploaded_by_user_id is None:
            return False
        shared = self.written_by(user).written_by(file.uploaded_by_user).select_related("latest_revision")
        return any(practice.shows(file) or practice.get_latest_revision_as_object().shows(file) for practice in shared)

    def withholds(self, file) -> bool:
        """Whether the file is a picture of a published practice that shows pupils without a running consent."""
        if not isinstance(file, SiteImage):
            return False
        return PracticeImage.objects.lacking_consent().filter(image=file, practice__live=True).exists()
