from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.access import access_of

from .pages import EventPage
from .registrations import Registration


class Readers(models.TextChoices):
    REGISTRANTS = "registrants", _("people who had a place")
    MEMBERS = "members", _("all members")


class MaterialQuerySet(models.QuerySet):
    def meant_for(self, user) -> "MaterialQuerySet":
        """Return released material the person may read, whichever events they can see."""
        if not user.is_authenticated:
            return self.none()
        own = Registration.objects.of(user).confirmed().filter(event=OuterRef("event"))
        meant = Q(Exists(own))
        if access_of(user).reads_members_content:
            meant |= Q(readers=Readers.MEMBERS)
        return self.filter(meant, live=True)

    def visible_to(self, user) -> "MaterialQuerySet":
        """Return material of `meant_for`, limited to events the person can see."""
        return self.meant_for(user).filter(event__in=EventPage.objects.visible_to(user).values("pk"))

    def recordings(self) -> "MaterialQuerySet":
        """Return recordings of the call."""
        return self.filter(is_recording=True)

    def of_event(self) -> Exists:
        """Return an SQL expression for queries of events: whether the event has any of these."""
        return Exists(self.filter(event=OuterRef("pk")))


class Material(models.Model):
    """A recording, slides or a handout, as a file or external link, hidden until an organiser releases it.

    `live` means released. An external URL is revealed only on click (see events/after/views.py).
    """

    event = models.ForeignKey(EventPage, models.CASCADE, related_name="materials")
    title = models.CharField(_("title"), max_length=200)
    is_recording = models.BooleanField(_("this is the recording"), default=False)
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    url = models.URLField(_("address"), max_length=1000, blank=True, validators=[URLValidator(schemes=["https"])])
    consent = models.TextField(_("consent"), max_length=500, blank=True)
    readers = models.CharField(_("who can see it"), max_length=12, choices=Readers, default=Readers.REGISTRANTS)
    live = models.BooleanField(default=False)
    released_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["-is_recording", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(document=None) ^ Q(url=""), name="material_is_a_file_or_an_address"),
            models.CheckConstraint(
                condition=Q(is_recording=False) | Q(live=False) | ~Q(consent=""), name="no_recording_without_consent"
            ),
        ]

    def __str__(self) -> str:
        return self.title
