from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PageManager

from community.models.users import validate_time_zone
from content.fields import ChoiceListField
from content.html import text_of
from content.models import SitePage
from content.taxonomy import Language, Pillar

from ..blocks import (
    AgendaItemBlock,
    ChoiceQuestionBlock,
    MemberSpeakerBlock,
    SpeakerBlock,
    TextQuestionBlock,
    YesNoQuestionBlock,
)
from ..planning.forms import EventPageForm
from ..planning.panels import EVENT_PANELS
from .kinds import Admits, Kind
from .planning import Series
from .querysets import EventQuerySet
from .registrations import Registration, Window

DOOR_OPENS_BEFORE = timedelta(minutes=15)
LONGEST_OFFER = 14 * 24


class EventIndexPage(SitePage):
    """The list of events, parent of all events."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.EventPage"]
    max_count = 1
    template = "events/event_index_page.html"

    class Meta:
        verbose_name = _("event list")

    def get_absolute_url(self) -> str:
        return reverse("events")


class EventPage(SitePage):
    """An online event. Times are in UTC; `time_zone` is the one they were announced in.

    `join_url` admits anyone who has it, so it is revealed only by the redirects in events/joining/views.py.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.WEBINAR)
    starts_at = models.DateTimeField(_("starts"), db_index=True)
    ends_at = models.DateTimeField(_("ends"), db_index=True)
    time_zone = models.CharField(
        _("time zone"), max_length=50, default="Europe/Brussels", validators=[validate_time_zone]
    )
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("Leave blank for no limit.")
    )
    seats_per_school = models.PositiveIntegerField(
        _("places per school"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Leave blank for no limit."),
    )
    one_per_school_until = models.DateTimeField(_("one place per school until"), null=True, blank=True)
    admits = models.CharField(_("who can register"), max_length=10, choices=Admits, default=Admits.LABELLED)
    invited_people = ParentalManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("invited people"), blank=True, related_name="event_invitations"
    )
    invited_schools = ParentalManyToManyField(
        "community.School", verbose_name=_("invited schools"), blank=True, related_name="event_invitations"
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("time to accept an offered place (hours)"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_OFFER)],
    )
    organisers = ParentalManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("organisers"), blank=True, related_name="organised_events"
    )
    series = models.ForeignKey(
        Series, models.SET_NULL, null=True, blank=True, related_name="events", verbose_name=_("series")
    )
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    join_url = models.URLField(
        _("address of the call"),
        max_length=1000,
        blank=True,
        validators=[URLValidator(schemes=["https"])],
        help_text=_("Never shown to anyone. People with a place use the Join button."),
    )
    speakers = StreamField(
        [("member", MemberSpeakerBlock()), ("speaker", SpeakerBlock())], verbose_name=_("speakers"), blank=True
    )
    agenda = StreamField([("part", AgendaItemBlock())], verbose_name=_("agenda"), blank=True)
    questions = StreamField(
        [("text", TextQuestionBlock()), ("choice", ChoiceQuestionBlock()), ("yes_no", YesNoQuestionBlock())],
        verbose_name=_("questions asked at registration"),
        blank=True,
        max_num=10,
    )
    other_languages = ChoiceListField(vocabulary=Language, verbose_name=_("other languages spoken"), blank=True)
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

    content_panels = [*SitePage.content_panels, *EVENT_PANELS]

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
                    "%(taken)d people already have a place, so there can’t be fewer places than that."
                ) % {"taken": taken}
        if self.one_per_school_until and self.starts_at and self.one_per_school_until > self.starts_at:
            errors["one_per_school_until"] = _("This must be before the event starts.")
        if errors:
            raise ValidationError(errors)

    def searchable_words(self) -> list[str]:
        speakers = [word for speaker in self.speakers_by_name() for word in speaker.values()]
        agenda = [word for block in self.agenda for word in (block.value["title"], block.value["text"])]
        return [*super().searchable_words(), text_of(self.body), *speakers, *agenda]

    def speakers_by_name(self) -> list[dict[str, str]]:
        """Return the `name` and `role` of each speaker; members appear under their account's name."""
        named = []
        for block in self.speakers:
            if block.block_type == "speaker":
                named.append({"name": block.value["name"], "role": block.value["role"]})
            elif block.value["person"]:
                named.append({"name": str(block.value["person"]), "role": block.value["role"]})
        return named

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.slug])

    @property
    def closes_at(self) -> datetime:
        """When registration closes."""
        return self.registration_closes_at or self.starts_at

    @property
    def door_opens_at(self) -> datetime:
        """When people with a place can start joining."""
        return self.starts_at - DOOR_OPENS_BEFORE

    @property
    def is_cancelled(self) -> bool:
        """True if the event was cancelled; costs a query unless `cancellation` was selected."""
        return hasattr(self, "cancellation")

    def school_limit(self, at: datetime | None = None) -> int | None:
        """Return how many places one school may take at the moment; None if unlimited."""
        if self.one_per_school_until and (at or timezone.now()) < self.one_per_school_until:
            return 1
        return self.seats_per_school

    def has_started(self, at: datetime | None = None) -> bool:
        return self.starts_at <= (at or timezone.now())

    def has_ended(self, at: datetime | None = None) -> bool:
        return self.ends_at <= (at or timezone.now())

    def is_joinable(self, at: datetime | None = None) -> bool:
        """Return whether the door is open: from DOOR_OPENS_BEFORE the start until the end."""
        return self.door_opens_at <= (at or timezone.now()) and not self.has_ended(at)

    def window(self, at: datetime | None = None) -> Window:
        """Return whether registration is open at the moment, and if not, why."""
        now = at or timezone.now()
        if self.is_cancelled:
            return Window.CANCELLED
        if self.has_ended(now):
            return Window.OVER
        if now >= self.closes_at:
            return Window.CLOSED
        if self.registration_opens_at and now < self.registration_opens_at:
            return Window.NOT_YET
        return Window.OPEN

    def for_update(self) -> "EventPage":
        """Reload this event and lock its row until the transaction ends (SQLite: the whole database).

        Every change to seats starts here, so that concurrent requests never count the same free place.
        """
        events = type(self).objects.select_for_update(of=("self",)).select_related("cancellation")
        return events.without_texts().get(pk=self.pk)

    def places_taken(self) -> int:
        """Count the people who hold a place or an offer; one query."""
        return Registration.objects.filter(event_id=self.pk).seated().count()
