from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from community.access import access_of
from content.models import Rendition
from moderation.models import Hideable, HideableQuerySet

from ..picture_sizes import SHOWN
from .practices import Practice


class Again(models.TextChoices):
    YES = "yes", _("yes, as it is")
    CHANGED = "changed", _("yes, with changes")
    NO = "no", _("no")


class AdoptionQuerySet(HideableQuerySet):
    def on_visible_practices(self, user) -> "AdoptionQuerySet":
        """Return reports on practices the person may read. Visitors never see who adopted a practice."""
        if not access_of(user).reads_members_content:
            return self.none()
        return self.filter(practice__in=Practice.objects.visible_to(user).published())

    def visible_to(self, user) -> "AdoptionQuerySet":
        """Return the reports that the person may read as a reader."""
        return self.on_visible_practices(user).shown()

    def open_to(self, user) -> "AdoptionQuerySet":
        """Return visible reports, plus removed ones from countries the person moderates."""
        return self.on_visible_practices(user).shown_or_moderated_by(user)

    def for_reading(self) -> "AdoptionQuerySet":
        """Order newest first and load school and author."""
        return self.select_related("school", "author").order_by("-created_at", "-pk")


class Adoption(Hideable, ClusterableModel):
    """An adoption report (“Our school tried this”): the outcome of a practice at another school. One per school.

    It is not live if a moderator hid it or if its school withdrew it.
    """

    practice = models.ForeignKey(
        "practices.Practice", models.CASCADE, related_name="adoptions", verbose_name=_("good practice")
    )
    school = models.ForeignKey("community.School", models.PROTECT, related_name="adoptions", verbose_name=_("school"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="adoptions")
    context = models.TextField(
        _("where you tried it"),
        max_length=2000,
        help_text=_("Which pupils, how many and for how long? Two or three sentences are enough."),
    )
    changes = models.TextField(
        _("what you changed"), max_length=2000, blank=True, help_text=_("Leave blank if you changed nothing.")
    )
    outcome = models.TextField(
        _("what happened"), max_length=4000, help_text=_("What worked, what didn’t and how you know.")
    )
    again = models.CharField(_("would you do it again?"), max_length=10, choices=Again)
    created_at = models.DateTimeField(_("reported"), default=timezone.now)
    updated_at = models.DateTimeField(_("changed"), default=timezone.now)

    objects = AdoptionQuerySet.as_manager()

    class Meta(Hideable.Meta):
        verbose_name = _("trial report")
        verbose_name_plural = _("trial reports")
        constraints = [
            *Hideable.Meta.constraints,
            models.UniqueConstraint(fields=["practice", "school"], name="one_report_per_school"),
        ]
        indexes = [models.Index(fields=["practice", "live", "-created_at"], name="adoption_of_practice")]

    def __str__(self) -> str:
        return f"{self.school_id} tried {self.practice_id}"


class AdoptionPicture(Orderable):
    """A picture of an adoption report; no pupil may be recognisable in it."""

    report = ParentalKey(Adoption, on_delete=models.CASCADE, related_name="pictures")
    image = models.ForeignKey("content.SiteImage", models.PROTECT, related_name="+", verbose_name=_("picture"))
    alt = models.CharField(_("description"), max_length=250)

    class Meta(Orderable.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.alt

    def shown(self) -> Rendition:
        """Return the page-size rendition."""
        return self.image.get_rendition(SHOWN)
