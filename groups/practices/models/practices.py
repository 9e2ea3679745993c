import uuid

from anyascii import anyascii
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from community.access import Audience
from content.fields import ChoiceListField, CleanHTMLField
from content.html import clean as clean_html
from content.html import text_of
from content.search import fold
from content.taxonomy import (
    Duration,
    EducationLevel,
    EvidenceStrength,
    KeyCompetence,
    Language,
    Licence,
    Pillar,
    Subject,
)

from ..fields import CountryListField, WordListField
from .authorship import Written
from .conflicts import ConflictsOfInterest
from .description import Described
from .pictures import Pictured
from .querysets import PracticeQuerySet
from .review_status import ReviewStatus
from .sections import PARTS


class Practice(
    Described,
    ReviewStatus,
    ConflictsOfInterest,
    Written,
    Pictured,
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    ClusterableModel,
):
    """A school's good practice, written by one of its teachers and reviewed before publication.

    Before publication the row is the draft. Afterwards the row is what readers see, and changes stay in revisions until
    a moderator approves them.
    """

    title = models.CharField(_("title"), max_length=200, blank=True)
    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("Two sentences that make a colleague want to read more.")
    )
    school = models.ForeignKey("community.School", models.PROTECT, related_name="practices", verbose_name=_("school"))
    # Null after the account is deleted: the practice stays with the school.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="practices",
        verbose_name=_("author"),
    )
    language = models.CharField(_("language of the text"), max_length=5, choices=Language, default=Language.EN)
    pillars = ChoiceListField(_("pillars"), vocabulary=Pillar, blank=True)
    levels = ChoiceListField(_("education levels"), vocabulary=EducationLevel, blank=True)
    age_min = models.PositiveSmallIntegerField(
        _("age of youngest pupils"), null=True, blank=True, validators=[MaxValueValidator(99)], help_text=_("In years.")
    )
    age_max = models.PositiveSmallIntegerField(
        _("age of oldest pupils"), null=True, blank=True, validators=[MaxValueValidator(99)], help_text=_("In years.")
    )
    subjects = ChoiceListField(_("subjects"), vocabulary=Subject, blank=True)
    competences = ChoiceListField(_("key competences"), vocabulary=KeyCompetence, blank=True)
    activity_languages = ChoiceListField(_("languages of the activity"), vocabulary=Language, blank=True)
    countries = CountryListField(
        _("countries involved"), blank=True, help_text=_("Apart from your own: your partner schools’ countries.")
    )
    duration = models.CharField(_("duration"), max_length=10, choices=Duration, blank=True)
    tools = WordListField(
        _("tools used"), blank=True, help_text=_("Separate with commas, for example: TwinSpace, Padlet, paper.")
    )
    context = CleanHTMLField(
        _("context"), blank=True, help_text=_("What problem did you want to solve, and in what kind of school?")
    )
    steps = CleanHTMLField(
        _("steps"),
        blank=True,
        help_text=_("What did you do, and in what order? Give enough detail for a colleague to repeat it."),
    )
    results = CleanHTMLField(_("results"), blank=True, help_text=_("What changed, for whom, and how do you know?"))
    evidence_strength = models.CharField(_("type of evidence"), max_length=15, choices=EvidenceStrength, blank=True)
    did_not_work = CleanHTMLField(
        _("what didn’t work"), blank=True, help_text=_("Mistakes other schools can avoid thanks to you.")
    )
    conditions = CleanHTMLField(
        _("conditions for reuse"), blank=True, help_text=_("What would another school need to do the same?")
    )
    licence = models.CharField(_("licence"), max_length=15, choices=Licence, default=Licence.CC_BY)
    cover = models.ForeignKey(
        "content.SiteImage", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("cover picture")
    )
    cover_alt = models.CharField(_("description of the cover picture"), max_length=250, blank=True)
    adapted_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="adaptations",
        verbose_name=_("adapted from"),
    )
    audience = models.CharField(
        _("who can read it"), max_length=10, choices=Audience, default=Audience.MEMBERS, editable=False
    )
    public_wished = models.BooleanField(
        _("we’d like everyone to be able to read it"),
        default=False,
        help_text=_("Members can always read it. A moderator decides whether visitors can too."),
    )
    # Set on publication, renewed when an author confirms that it is still true.
    review_by = models.DateField(_("confirm by"), null=True, blank=True, editable=False)
    search_text = models.TextField(editable=False, default="")
    # Idempotency key from the form: a resubmitted form creates no second practice.
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Incremented on every save, to detect forms opened on an older version.
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("started"), auto_now_add=True)
    # Maintained with `update()` by the verbs that add and remove.
    saves_count = models.PositiveIntegerField(default=0, editable=False)
    adoptions_count = models.PositiveIntegerField(default=0, editable=False)
    adaptations_count = models.PositiveIntegerField(default=0, editable=False)
    comments_count = models.PositiveIntegerField(default=0, editable=False)
    # Last change to anything lists filter or count by; finding/index.py loads rows newer than its own.
    changed_at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    # Overrides Wagtail's default: only a moderator can publish, however the row was created.
    live = models.BooleanField(_("published"), default=False, editable=False)

    objects = PracticeQuerySet.as_manager()

    PARTS = list(PARTS)
    COUNTERS = ["saves_count", "adoptions_count", "adaptations_count", "comments_count"]
    # Properties of the row, not of a revision: publishing a revision must not restore old values.
    KEPT = [
        *("audience", "author_id", "school_id", "token", "version", "adapted_from_id", "created_at", "review_by"),
        *COUNTERS,
    ]

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        ordering = ["-first_published_at", "-pk"]
        indexes = [
            models.Index(
                fields=["-first_published_at", "-id"], name="practice_newest_published", condition=Q(live=True)
            ),
            models.Index(
                fields=["audience", "-first_published_at", "-id"],
                name="practice_newest_in_audience",
                condition=Q(live=True),
            ),
            models.Index(fields=["-saves_count", "-id"], name="practice_most_saved", condition=Q(live=True)),
            models.Index(
                (F("adoptions_count") + F("adaptations_count")).desc(),
                F("id").desc(),
                name="practice_most_adopted",
                condition=Q(live=True),
            ),
            models.Index(fields=["school", "-first_published_at", "-id"], name="practice_newest_of_school"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(age_max__gte=F("age_min")),
                name="practice_ages_in_order",
                violation_error_message=_("The oldest pupils can’t be younger than the youngest."),
            )
        ]

    def __str__(self) -> str:
        return self.title or gettext("Draft without a title")

    def save(self, **kwargs) -> None:
        self.search_text = fold(" ".join([self.title, self.summary, *map(self._words, self.TEXTS), *self.tools]))
        self.changed_at = timezone.now()
        if not self._state.adding:
            # Saving a stale instance must not overwrite counters updated meanwhile.
            kwargs.setdefault("update_fields", self._uncounted_fields())
        super().save(**kwargs)

    @classmethod
    def _uncounted_fields(cls) -> list[str]:
        own = [field.name for field in cls._meta.concrete_fields if not field.primary_key]
        return [*(name for name in own if name not in cls.COUNTERS), *cls.PARTS]

    def _words(self, field: str) -> str:
        return text_of(clean_html(getattr(self, field)))

    def clean(self) -> None:
        super().clean()
        if self.cover_id and not self.cover_alt.strip():
            raise ValidationError({"cover_alt": _("Describe the cover picture for readers who can’t see it.")})

    def with_content_json(self, content: dict) -> "Practice":
        practice = super().with_content_json(content)
        for name in self.KEPT:
            setattr(practice, name, getattr(self, name))
        return practice

    @property
    def slug(self) -> str:
        return slugify(anyascii(self.title)) or "practice"

    def get_absolute_url(self) -> str:
        return reverse("practice", args=[self.pk, self.slug])

    @property
    def requires_same_licence(self) -> bool:
        """True if adaptations must keep its licence, as all of our licences except CC BY require."""
        return self.licence != Licence.CC_BY

    def get_preview_template(self, request, mode_name: str) -> str:
        return "practices/practice.html"

    def get_preview_context(self, request, mode_name: str) -> dict:
        return {"practice": self, "previewing": True}
