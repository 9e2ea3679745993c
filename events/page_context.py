"""Template context of the event pages."""

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from community.access import may_contribute

from .calendar.month import month_context
from .filters import EventFilters
from .models import EventIndexPage, EventPage, Material, Registration
from .models.querysets import EventQuerySet
from .models.registrations import RegistrationQuerySet
from .organising import organises
from .seats.admission import belongings_for, refusal
from .seats.forms import RegistrationForm

PAGE_SIZE = 12
PAST_TEASERS = 3
MOST_OF_SERIES = 12


def index_context(page: EventIndexPage, request: HttpRequest) -> dict[str, Any]:
    """List the coming events, or with `when=past` the past ones, narrowed by the other filters.

    The first page of coming events ends with the latest past ones. Unknown values are ignored.
    """
    events = EventPage.objects.visible_to(request.user).child_of(page)
    form = EventFilters(request.GET, sees_recordings=request.user.is_authenticated)
    chosen = form.chosen
    every_language = events
    if "pillar" in chosen:
        events = events.about(chosen["pillar"])
    if "language" in chosen:
        events = events.filter(language=chosen["language"])
    if "kind" in chosen:
        events = events.filter(kind=chosen["kind"])
    if form.shows_month:
        return {"filters": form, "tabs": _tabs(form, chosen), **month_context(events, request, chosen)}
    shows_past = form.shows_past
    recorded = Material.objects.meant_for(request.user).recordings().of_event()
    if chosen.get("recording"):
        events = events.filter(recorded)
    shown = events.past() if shows_past else events.coming()
    # One query yields both the languages to offer and the total for pagination.
    numbers = dict(
        every_language.order_by()
        .values_list("language")
        .annotate(number=Count("pk", filter=Q(pk__in=shown.order_by().values("pk"))))
    )
    cards = shown.for_cards(request.user)
    paginator = Paginator(cards.annotate(is_recorded=recorded) if shows_past else cards, PAGE_SIZE)
    paginator.count = sum(numbers.values())
    listed = paginator.get_page(request.GET.get("page"))
    listed.object_list = list(listed.object_list)
    past = []
    if not shows_past and listed.number == 1:
        past = list(events.past().for_cards(request.user).annotate(is_recorded=recorded)[: PAST_TEASERS + 1])
    prepare_cards([*listed.object_list, *past], request.user)
    form.offer_languages(numbers)
    return {
        "events_page": listed,
        "past_events": past[:PAST_TEASERS],
        "has_more_past": len(past) > PAST_TEASERS,
        "shows_past": shows_past,
        "may_propose": may_contribute(request.user),
        "filters": form,
        "tabs": _tabs(form, chosen, shows_past=shows_past),
        "past_href": _address({**chosen, "when": "past"}),
    }


def _tabs(form: EventFilters, chosen: dict[str, Any], *, shows_past: bool = False) -> list[dict[str, Any]]:
    at_any_time = {name: value for name, value in chosen.items() if name not in form.ONLY_PAST}
    return [
        {"label": _("Upcoming"), "href": _address(at_any_time), "current": not (shows_past or form.shows_month)},
        {"label": _("Month"), "href": _address({**at_any_time, "month": "now"}), "current": form.shows_month},
        {"label": _("Past"), "href": _address({**chosen, "when": "past"}), "current": shows_past},
    ]


def detail_context(event: EventPage, request: HttpRequest) -> dict[str, Any]:
    """Return the event with the person's registration, or why they cannot register, and how full it is."""
    user = request.user
    own = None
    if user.is_authenticated:
        rows = Registration.objects.of(user).filter(event_id=event.pk)
        own = rows.with_position().select_related("school", "feedback").first()
    counted = EventPage.objects.filter(pk=event.pk).with_figures_for(user).values("taken", "waiting", "is_named")
    # An unsaved event in preview has no row to count.
    figures = counted.first() or {"taken": 0, "waiting": 0, "is_named": False}
    is_running = own is not None and not own.is_cancelled
    # Registered people need neither a form nor a refusal.
    belongings = [] if is_running else belongings_for(event, user)
    reason = "" if is_running else refusal(event=event, by=user, belongings=belongings)
    return {
        "event": event,
        "registration": own,
        "is_registered": is_running,
        "is_organiser": organises(user, event, is_named=figures["is_named"]),
        "taken": figures["taken"],
        "waiting": figures["waiting"],
        "is_full": event.capacity is not None and figures["taken"] >= event.capacity,
        "window": event.window(),
        "refusal": reason,
        "is_joinable": event.is_joinable(),
        "may_cancel": not event.has_started() and not event.is_cancelled,
        "offer_is_open": own is not None and own.is_offered and own.offer_expires_at > timezone.now(),
        # Reuse the bound form after a validation error.
        "registration_form": getattr(request, "registration_form", None)
        or RegistrationForm(event=event, belongings=belongings),
        "clashes": list(_clashes(event, user)) if not reason and not event.has_started() else [],
        "participants": list(_named_participants(event)) if is_running else [],
        "series": [] if event.series_id is None else list(_others_of_series(event, user)),
        "reader_zone": reader_zone(event, user),
        "speakers": event.speakers_by_name(),
        "agenda": _agenda(event),
        "breadcrumb": [(_("Events"), reverse("events")), (event.title, None)],
    }


def _clashes(event: EventPage, user) -> RegistrationQuerySet:
    """Return the person's registrations for other events at the same time."""
    own = Registration.objects.of(user).running().exclude(event=event.pk)
    at_that_time = own.filter(event__starts_at__lt=event.ends_at, event__ends_at__gt=event.starts_at)
    return at_that_time.filter(event__live=True, event__cancellation=None).select_related("event")[:3]


def _named_participants(event: EventPage) -> RegistrationQuerySet:
    """Return confirmed registrations of people who share their name."""
    named = Registration.objects.filter(event_id=event.pk, shows_name=True).confirmed()
    return named.select_related("user", "school").order_by("user__name", "pk")


def _others_of_series(event: EventPage, user) -> EventQuerySet:
    others = EventPage.objects.visible_to(user).coming().taking_place().filter(series=event.series_id)
    return others.exclude(pk=event.pk).without_texts()[:MOST_OF_SERIES]


def _agenda(event: EventPage) -> list[dict[str, Any]]:
    """Return the agenda items with their start times."""
    begins, parts = event.starts_at, []
    for block in event.agenda:
        parts.append({"begins": begins, "title": block.value["title"], "text": block.value["text"]})
        begins += timedelta(minutes=block.value["minutes"])
    return parts


def _address(filters: dict[str, str]) -> str:
    return reverse("events") + (f"?{urlencode(filters)}" if filters else "")


def prepare_cards(events: list[EventPage], user) -> None:
    """Add the reader's time zone to each event of `for_cards(user)`; no query."""
    for event in events:
        event.reader_zone = reader_zone(event, user)


def reader_zone(event: EventPage, user) -> str:
    """Return the time zone to show: the person's own, or the event's for visitors."""
    return user.time_zone if user.is_authenticated else event.time_zone
