from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, URLValidator
from django.db import models
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PageManager

from community.models.users import validate_time_zone
from content.fields import ChoiceListField
from content.html import text_of
from content.models import SitePage
from content.models.pages import SitePageQuerySet
from content.taxonomy import Pillar

from .. import front
from ..blocks import SpeakerBlock
from ..forms import EventPageForm
from .registrations import Registration, Window

DOOR_OPENS_BEFORE = timedelta(minutes=15)


class Kind(models.TextChoices):
    WEBINAR = "webinar", _("Webinar")
    WORKSHOP = "workshop", _("Workshop")
    MEETING = "meeting", _("Meeting")
    VISIT = "visit", _("Online school visit")


class EventQuerySet(SitePageQuerySet):
    def coming(self, at: datetime | None = None) -> "EventQuerySet":
        """Events that have not ended, the next one first."""
        return self.filter(ends_at__gt=at or timezone.now()).order_by("starts_at", "pk")

    def past(self, at: datetime | None = None) -> "EventQuerySet":
        """Events that have ended, the latest first."""
        return self.filter(ends_at__lte=at or timezone.now()).order_by("-starts_at", "-pk")

    def starting(self, after: datetime, until: datetime) -> "EventQuerySet":
        """Published events that start later than the one moment and not later than the other."""
        return self.live().filter(starts_at__gt=after, starts_at__lte=until).order_by("starts_at", "pk")

    def about(self, pillar: str) -> "EventQuerySet":
        """Events on this pillar of the mission."""
        return self.filter(pillars__includes=pillar)

    def with_places_taken(self) -> "EventQuerySet":
        """Annotate `taken`: how many people have a place."""
        return self.annotate(taken=Registration.objects.confirmed().number_for_event())

    def with_registration_of(self, user) -> "EventQuerySet":
        """Annotate `own_state` and `own_attended_at` of the person's registration; None without one."""
        own = Registration.objects.of(user).filter(event=OuterRef("pk"))
        return self.annotate(
            own_state=Subquery(own.values("state")), own_attended_at=Subquery(own.values("attended_at"))
        )

    def for_cards(self, user) -> "EventQuerySet":
        """What the cards of a list show to the person, without the long texts."""
        events = self.with_places_taken().defer("body", "speakers", "search_text")
        return events.with_registration_of(user) if user.is_authenticated else events


class EventIndexPage(SitePage):
    """The list of events, and the parent of each of them."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.EventPage"]
    max_count = 1
    template = "events/event_index_page.html"

    class Meta:
        verbose_name = _("list of events")

    def get_absolute_url(self) -> str:
        return reverse("events")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        events = EventPage.objects.visible_to(request.user).child_of(self)
        return {**super().get_context(request, *args, **kwargs), **front.index_context(events, request)}


class EventPage(SitePage):
    """An online event. Times are moments; `time_zone` is the one they were announced in.

    `join_url` opens the call to whoever holds it: it is told to nobody but in the redirect of events/views.py:join.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.WEBINAR)
    starts_at = models.DateTimeField(_("starts"), db_index=True)
    ends_at = models.DateTimeField(_("ends"), db_index=True)
    time_zone = models.CharField(
        _("time zone"), max_length=50, default="Europe/Brussels", validators=[validate_time_zone]
    )
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("Empty: no limit.")
    )
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    join_url = models.URLField(
        _("address of the call"),
        max_length=1000,
        blank=True,
        validators=[URLValidator(schemes=["https"])],
        help_text=_("Never shown to anyone: people with a place get there through the Join button."),
    )
    speakers = StreamField([("speaker", SpeakerBlock())], verbose_name=_("speakers"), blank=True)
    body = RichTextField(
        _("description"),
        blank=True,
        features=["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"],
    )
    pillars = ChoiceListField(vocabulary=Pillar, verbose_name=_("pillars"), blank=True)

    objects = PageManager.from_queryset(EventQuerySet)()
    base_form_class = EventPageForm

    parent_page_types = ["events.EventIndexPage"]
    subpage_types: list[str] = []
    template = "events/event_page.html"

    content_panels = [
        *SitePage.content_panels,
        FieldPanel("kind"),
        MultiFieldPanel(
            [
                FieldPanel("time_zone"),
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            ],
            _("When"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("capacity"),
                FieldRowPanel([FieldPanel("registration_opens_at"), FieldPanel("registration_closes_at")]),
                FieldPanel("join_url"),
            ],
            _("Places"),
        ),
        FieldPanel("body"),
        FieldPanel("speakers"),
        FieldPanel("pillars"),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.starts_at and self.ends_at:
            if self.ends_at <= self.starts_at:
                errors["ends_at"] = _("The event must end after it starts.")
            elif self.closes_at > self.ends_at:
                errors["registration_closes_at"] = _("Registration must close before the event ends.")
            elif self.registration_opens_at and self.registration_opens_at >= self.closes_at:
                errors["registration_opens_at"] = _("Registration must open before it closes.")
        if self.pk and self.capacity is not None:
            taken = self.places_taken()
            if self.capacity < taken:
                errors["capacity"] = _(
                    "%(taken)d people already have a place: there cannot be fewer places than that."
                ) % {"taken": taken}
        if errors:
            raise ValidationError(errors)

    def searchable_words(self) -> list[str]:
        speakers = [word for block in self.speakers for word in (block.value["name"], block.value["role"])]
        return [*super().searchable_words(), text_of(self.body), *speakers]

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.slug])

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        return {**super().get_context(request, *args, **kwargs), **front.detail_context(self, request)}

    @property
    def closes_at(self) -> datetime:
        """The moment after which nobody registers."""
        return self.registration_closes_at or self.starts_at

    @property
    def door_opens_at(self) -> datetime:
        """The moment from which people with a place may join."""
        return self.starts_at - DOOR_OPENS_BEFORE

    def has_started(self, at: datetime | None = None) -> bool:
        return self.starts_at <= (at or timezone.now())

    def has_ended(self, at: datetime | None = None) -> bool:
        return self.ends_at <= (at or timezone.now())

    def is_joinable(self, at: datetime | None = None) -> bool:
        """Whether the door is open: from a quarter of an hour before the start until the end."""
        return self.door_opens_at <= (at or timezone.now()) and not self.has_ended(at)

    def window(self, at: datetime | None = None) -> Window:
        """Whether the event takes registrations at the moment."""
        now = at or timezone.now()
        if self.has_ended(now):
            return Window.OVER
        if now >= self.closes_at:
            return Window.CLOSED
        if self.registration_opens_at and now < self.registration_opens_at:
            return Window.NOT_YET
        return Window.OPEN

    def for_update(self) -> "EventPage":
        """This event as the database has it now, its row locked until the transaction ends (SQLite: the database).

        Every change of who has a place begins here: then two people never count the same free place.
        """
        return (
            type(self).objects.select_for_update(of=("self",)).defer("body", "speakers", "search_text").get(pk=self.pk)
        )

    def places_taken(self) -> int:
        """How many people have a place; one query."""
        return Registration.objects.filter(event_id=self.pk).confirmed().count()
