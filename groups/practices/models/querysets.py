from django.db.models import Exists, F, OuterRef, Prefetch, Q, Value

from content.models import SiteImage

from .co_authors import CoAuthor
from .files import PracticeImage
from .in_review import InReviewQuerySet
from .saves import SavedPractice


class PracticeQuerySet(InReviewQuerySet):
    def published(self) -> "PracticeQuerySet":
        """Return published practices."""
        return self.filter(live=True)

    def of_school(self, school) -> "PracticeQuerySet":
        """Return a school's published practices, whoever wrote them."""
        return self.published().filter(school=school)

    def authored_by(self, user) -> "PracticeQuerySet":
        """Return practices whose first author is the person, with any status."""
        return self.filter(author=user) if user.is_authenticated else self.none()

    def written_by(self, user) -> "PracticeQuerySet":
        """Return practices the person wrote or co-authors, with any status."""
        if not user.is_authenticated:
            return self.none()
        along = CoAuthor.objects.accepted().filter(person=user)
        return self.filter(Q(author=user) | Q(pk__in=along.values("practice")))

    def visible_to(self, user) -> "PracticeQuerySet":
        """Return published practices the person may read and, with any status, those they write."""
        return super().visible_to(user) | self.written_by(user)

    def unfinished(self) -> "PracticeQuerySet":
        """Return unpublished practices and published ones with unpublished changes."""
        return self.filter(Q(live=False) | Q(has_unpublished_changes=True))

    def for_list(self, *, texts: bool = False) -> "PracticeQuerySet":
        """Load what a card shows in a fixed number of queries; long texts only with `texts=True`."""
        hidden = PracticeImage.objects.lacking_consent().filter(practice=OuterRef("pk"), image=OuterRef("cover"))
        return (
            self.with_review()
            .annotate(cover_lacks_consent=Exists(hidden))
            .select_related("school", "cover")
            .prefetch_related("cover__renditions")
            .defer(*([] if texts else self.model.TEXTS), "search_text")
        )

    def with_saved_by(self, user) -> "PracticeQuerySet":
        """Annotate `is_saved`: whether the person has saved it."""
        if not user.is_authenticated:
            return self.annotate(is_saved=Value(False))
        return self.annotate(is_saved=Exists(SavedPractice.objects.filter(user=user, practice=OuterRef("pk"))))

    def for_index(self) -> "PracticeQuerySet":
        """Return the values finding/index.py holds for each row; `listed` says whether it is published."""
        return self.order_by().values(
            *("pk", "audience", "language", "pillars", "subjects", "levels", "age_min", "age_max", "competences"),
            *("duration", "tools", "evidence_strength", "adoptions_count", "adaptations_count", "school_id"),
            *("first_published_at", "changed_at"),
            listed=F("live"),
            country=F("school__country"),
        )

    def with_co_authors(self) -> "PracticeQuerySet":
        """Prefetch accepted co-authors, for bylines and permission checks."""
        return self.prefetch_related(Prefetch("co_authors", CoAuthor.objects.named(), to_attr="named_co_authors"))

    def shows_to_authors(self, user, file) -> bool:
        """Return whether a practice the person writes with the file's uploader contains it, in the row or the draft."""
        if file.uploaded_by_user_id is None:
            return False
        shared = self.written_by(user).written_by(file.uploaded_by_user).select_related("latest_revision")
        return any(practice.shows(file) or practice.get_latest_revision_as_object().shows(file) for practice in shared)

    def withholds(self, file) -> bool:
        """Return whether the file is a picture in a published practice that shows pupils without valid consent."""
        if not isinstance(file, SiteImage):
            return False
        return PracticeImage.objects.lacking_consent().filter(image=file, practice__live=True).exists()
