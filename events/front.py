"""What the event pages show to the person who looks."""

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from community.access import access_of

from .filters import EventFilters
from .forms import RegistrationForm
from .models.registrations import SEATED, Registration, State
from .registration import refusal

if TYPE_CHECKING:
    from .models.pages import EventPage, EventQuerySet

PAGE_SIZE = 12
PAST_TEASERS = 3


def index_context(events: "EventQuerySet", request: HttpRequest) -> dict[str, Any]:
    """The events the address asks for: `when=past` or the coming ones, of a `pillar`, in a `language`.

    The first page of the coming events ends with the latest past ones. Unknown values filter nothing.
    """
    form = EventFilters(request.GET)
    chosen = form.chosen
    every_language = events
    if "pillar" in chosen:
        events = events.about(chosen["pillar"])
    if "language" in chosen:
        events = events.filter(language=chosen["language"])
    shows_past = request.GET.get("when") == "past"
    shown = events.past() if shows_past else events.coming()
    # One query for the languages to choose from and for how many events there are to page through.
    numbers = dict(
        every_language.order_by()
        .values_list("language")
        .annotate(number=Count("pk", filter=Q(pk__in=shown.order_by().values("pk"))))
    )
    paginator = Paginator(shown.for_cards(request.user), PAGE_SIZE)
    paginator.count = sum(numbers.values())
    page = paginator.get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    past = []
    if not shows_past and page.number == 1:
        past = list(events.past().for_cards(request.user)[: PAST_TEASERS + 1])
    prepare_cards([*page.object_list, *past], request.user)
    form.offer_languages(numbers)
    return {
        "events_page": page,
        "past_events": past[:PAST_TEASERS],
        "has_more_past": len(past) > PAST_TEASERS,
        "shows_past": shows_past,
        "filters": form,
        "tabs": [
            {"label": _("Coming"), "href": _address(chosen), "current": not shows_past},
            {"label": _("Past"), "href": _address({**chosen, "when": "past"}), "current": shows_past},
        ],
        "past_href": _address({**chosen, "when": "past"}),
    }


def detail_context(event: "EventPage", request: HttpRequest) -> dict[str, Any]:
    """The event as the person meets it: their registration, why they cannot register, how full it is."""
    user = request.user
    own = None
    if user.is_authenticated:
        own = Registration.objects.of(user).filter(event_id=event.pk).with_position().select_related("school").first()
    people = Registration.objects.filter(event_id=event.pk).aggregate(
        taken=Count("pk", filter=Q(state__in=SEATED)), waiting=Count("pk", filter=Q(state=State.WAITING))
    )
    return {
        "event": event,
        "registration": own,
        "taken": people["taken"],
        "waiting": people["waiting"],
        "is_full": event.capacity is not None and people["taken"] >= event.capacity,
        "window": event.window(),
        "refusal": refusal(event=event, by=user),
        "is_joinable": event.is_joinable(),
        "may_cancel": not event.has_started(),
        "registration_form": RegistrationForm(belongings=access_of(user).contributing),
        "reader_zone": reader_zone(event, user),
        "speakers": event.speakers_by_name(),
        "breadcrumb": [(_("Events"), reverse("events")), (event.title, None)],
    }


def _address(filters: dict[str, str]) -> str:
    return reverse("events") + (f"?{urlencode(filters)}" if filters else "")


def prepare_cards(events: list["EventPage"], user) -> None:
    """Add to each event of `for_cards(user)` what else its card shows to the person; no query."""
    for event in events:
        event.reader_zone = reader_zone(event, user)


def reader_zone(event: "EventPage", user) -> str:
    """The zone to show the event's times in: the person's own, or the event's to visitors, who have none."""
    return user.time_zone if user.is_authenticated else event.time_zone
