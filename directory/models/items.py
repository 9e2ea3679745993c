from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.access import access_of, moderated_rows
from community.models import School
from content.consent import ConsentQuerySet, PupilConsent, is_recorded
from content.models import Rendition, SiteImage

from ..sizes import LOGO, PICTURE


class Kind(models.TextChoices):
    LOGO = "logo", _("logo")
    PICTURE = "picture", _("picture")
    WEBSITE = "website", _("link to the website")


class Status(models.TextChoices):
    WAITING = "waiting", _("waiting for a moderator")
    SHOWN = "shown", _("on the page")
    REFUSED = "refused", _("declined")
    ENDED = "ended", _("no longer on the page")


# A school has at most one of each of these; it can have several pictures.
SINGLE = [Kind.LOGO, Kind.WEBSITE]
MAX_PICTURES = 6


class ProfileItemQuerySet(ConsentQuerySet):
    def waiting(self) -> "ProfileItemQuerySet":
        """Return items awaiting a moderator's decision."""
        return self.filter(status=Status.WAITING)

    def shown(self, at: date | None = None) -> "ProfileItemQuerySet":
        """Return items published on school pages; pictures of pupils only while the consent is valid."""
        return self.filter(status=Status.SHOWN).not_lacking_consent(at)

    def visible_to(self, user) -> "ProfileItemQuerySet":
        """Return published items of schools the person can see, and waiting or approved ones of schools they lead."""
        led = access_of(user).led_school_ids
        return self.shown().filter(school__in=School.objects.visible_to(user).values("pk")) | self.filter(
            status__in=[Status.WAITING, Status.SHOWN], school__in=led
        )

    def in_countries_of(self, user) -> "ProfileItemQuerySet":
        """Return items of schools the person moderates, except schools they belong to."""
        own = [belonging.school_id for belonging in access_of(user).belongings]
        return self.filter(moderated_rows(user)).exclude(school__in=own)

    def shows_in_review(self, user, file) -> bool:
        """Return whether the file is a waiting picture that the person moderates."""
        return isinstance(file, SiteImage) and self.waiting().in_countries_of(user).filter(image=file).exists()

    def with_pictures(self) -> "ProfileItemQuerySet":
        """Fetch the images and their renditions, in one extra query."""
        return self.select_related("image").prefetch_related("image__renditions")


class ProfileItem(PupilConsent):
    """A logo, picture or link that a school wants to show, reviewed by a moderator first.

    Decided items are kept as history; ended ones lose their image.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="profile_items", verbose_name=_("school"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    # The file gate reads `live` on every model that shows a file.
    live = models.GeneratedField(
        expression=Q(status=Status.SHOWN.value), output_field=models.BooleanField(), db_persist=True
    )
    image = models.ForeignKey(
        "content.SiteImage", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    alt = models.CharField(_("description"), max_length=250, blank=True)
    url = models.URLField(_("address"), blank=True)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("submitted by")
    )
    offered_at = models.DateTimeField(_("submitted"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = ProfileItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("school page item")
        verbose_name_plural = _("school page items")
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "kind", "status"],
                condition=Q(kind__in=["logo", "website"], status__in=["waiting", "shown"]),
                name="one_waiting_and_one_shown_per_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind="website", image=None) & ~Q(url="")
                | ~Q(kind="website") & Q(url="") & (Q(image__isnull=False) | Q(status="ended")),
                name="item_has_what_its_kind_shows",
            ),
            models.CheckConstraint(
                condition=Q(kind="website") | ~Q(alt=""), name="picture_of_a_school_has_a_description"
            ),
            models.CheckConstraint(condition=is_recorded(), name="pupils_of_a_school_with_consent"),
            models.CheckConstraint(condition=~Q(status="refused") | ~Q(reason=""), name="refused_item_has_a_reason"),
        ]
        indexes = [models.Index(fields=["status", "offered_at"], name="profile_item_queue")]

    def __str__(self) -> str:
        return f"{self.kind} {self.school_id} {self.status}"

    @property
    def tone(self) -> str:
        """Badge colour of the status."""
        return {Status.WAITING: "warning", Status.SHOWN: "success", Status.REFUSED: "danger"}.get(
            self.status, "neutral"
        )

    @property
    def is_waiting(self) -> bool:
        return self.status == Status.WAITING

    def rendition(self, size: str) -> Rendition:
        """Return the picture in one of the sizes of sizes.py."""
        return self.image.get_rendition(size)

    def small(self) -> Rendition:
        """Return the picture in its size for lists."""
        return self.rendition(LOGO if self.kind == Kind.LOGO else PICTURE)
