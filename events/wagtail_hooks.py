"""Events in the Wagtail admin, and what events add to other rooms."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page

from content.machine_cards import MACHINE_CARDS_HOOK, MakeCard
from content.page_context import PAGE_CONTEXTS_HOOK, Context
from moderation.waiting import HOOK
from notifications.topics import TOPICS_HOOK, Topic

from .machine_card import event_card
from .messages import TOPICS
from .models import EventIndexPage, EventPage
from .organisers.admin import all_figures, registrations
from .page_context import detail_context, index_context
from .planning.admin import give, plan, warn_of_clash
from .proposing.admin import decide, proposals
from .proposing.proposals import ACCEPTED, DECLINED
from .proposing.waiting import WaitingProposals


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("events/<int:pk>/registrations/", registrations, name="event_registrations"),
        path("events/<int:pk>/registrations/<int:registration_id>/give/", give, name="event_give_place"),
        path("events/<int:pk>/plan/", plan, name="event_plan"),
        path("events/figures.xlsx", all_figures, name="event_all_figures"),
        path("events/proposals/", proposals, name="event_proposals"),
        path("events/proposals/<int:pk>/", decide, name="event_proposal_decide"),
    ]


@hooks.register("register_admin_menu_item")
def menu_of_proposals() -> MenuItem:
    return MenuItem(
        gettext_lazy("Proposed events"), reverse_lazy("event_proposals"), icon_name="calendar-alt", order=260
    )


hooks.register(HOOK, WaitingProposals)


@hooks.register("register_reports_menu_item")
def menu_of_figures() -> MenuItem:
    return MenuItem(
        gettext_lazy("Event figures (XLSX)"), reverse_lazy("event_all_figures"), icon_name="download", order=400
    )


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_the_editor(request: HttpRequest, page: Page) -> None:
    if isinstance(page, EventPage):
        warn_of_clash(request, page)


class PlaceGiven(LogFormatter):
    """Log entry for a place given out of turn."""

    label = gettext_lazy("Give a place")
    message = gettext_lazy("A place was given out of turn")

    def format_comment(self, log_entry: object) -> str:
        return f"{log_entry.data['person']}, {log_entry.data['school']}"


class CalledOff(LogFormatter):
    """Log entry for a cancelled event."""

    label = gettext_lazy("Cancel the event")
    message = gettext_lazy("The event has been cancelled")

    def format_comment(self, log_entry: object) -> str:
        return log_entry.data["reason"]


class Declined(CalledOff):
    """Log entry for a declined proposal."""

    label = gettext_lazy("Decline a proposal")
    message = gettext_lazy("Declined")


@hooks.register("register_log_actions")
def log_of_organisers(actions: LogActionRegistry) -> None:
    actions.register_action("events.give_place")(PlaceGiven)
    actions.register_action("events.cancel_event")(CalledOff)
    actions.register_action(ACCEPTED, gettext_lazy("Accept a proposal"), gettext_lazy("Accepted as an event"))
    actions.register_action(DECLINED)(Declined)


def _button(page: Page, user) -> Iterator[Button]:
    if isinstance(page, EventPage) and page.pk and page.permissions_for_user(user).can_edit():
        yield Button(
            label=_("Registrations"),
            url=reverse("event_registrations", args=[page.pk]),
            icon_name="group",
            priority=12,
        )
        yield Button(
            label=_("Repeat or cancel"), url=reverse("event_plan", args=[page.pk]), icon_name="repeat", priority=13
        )


@hooks.register("register_page_header_buttons")
def header_button(page: Page, user, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    return _button(page, user)


@hooks.register("register_page_listing_more_buttons")
def listing_button(page: Page, user, next_url: str | None = None) -> Iterator[Button]:
    return _button(page.specific, user)


def _with_registrations(page: Page) -> bool:
    return EventPage.objects.descendant_of(page, inclusive=True).filter(registrations__isnull=False).exists()


REFUSAL = gettext_noop("“%(title)s” has registrations that we need to keep. Unpublish it instead of deleting it.")


@hooks.register("before_delete_page")
def keep_what_people_did(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete an event with registrations; it can be unpublished. The database refuses too."""
    if not _with_registrations(page):
        return None
    messages.error(request, _(REFUSAL) % {"title": page.title})
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def keep_what_people_did_in_bulk(
    request: HttpRequest, action_type: str, pages: list[Page], action: object
) -> HttpResponse | None:
    if action_type != "delete" or not (pages and isinstance(pages[0], Page)):
        return None
    kept = next((page for page in pages if _with_registrations(page)), None)
    if kept is None:
        return None
    messages.error(request, _(REFUSAL) % {"title": kept.title})
    return redirect("wagtailadmin_explore", kept.get_parent().pk)


@hooks.register(TOPICS_HOOK)
def message_topics() -> list[Topic]:
    return TOPICS


@hooks.register(PAGE_CONTEXTS_HOOK)
def page_contexts() -> dict[type[Page], Context]:
    return {EventIndexPage: index_context, EventPage: detail_context}


@hooks.register(MACHINE_CARDS_HOOK)
def machine_cards() -> dict[type, MakeCard]:
    return {EventPage: event_card}
