"""The organisers' pages: registrations, attendance, messages, materials, guests and figures, outside the admin."""

from collections.abc import Callable
from functools import partial, wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from community.access import View, members_only
from content.filters import number_of, text_of

from ..after.attendance import ImportReport, assign_line, correct_attendance, dismiss_line, import_attendance
from ..after.feedback import results
from ..after.materials import add_material, hold_back, release, remove_material
from ..errors import EventsError
from ..joining.guests import invite_guest, withdraw_guest
from ..models import AttendanceLine, EventPage, GuestPass, Material, Registration, State
from ..models.feedback import SHOWN_FROM
from ..organising import organises
from ..page_context import reader_zone
from ..planning.giving import give_place
from ..views import event_of
from .announcing import announce
from .figures import XLSX, by_school, figures_of, workbook
from .forms import AnnouncementForm, AttendanceFileForm, GuestForm, MaterialForm

PAGE_SIZE = 100
SCHOOLS_IN_CHART = 15


def organisers_only(view: View) -> View:
    """Return 404 if the person can't see the event, and 403 with the reason if they don't organise it."""

    @members_only
    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **kwargs: int) -> HttpResponse:
        event = event_of(request, slug)
        if not organises(request.user, event):
            raise PermissionDenied(_("This page is only for the event’s organisers."))
        return view(request, event, **kwargs)

    guarded.audience = "organisers"
    return guarded


@organisers_only
@require_GET
def registrations(request: HttpRequest, event: EventPage) -> HttpResponse:
    """List registrations with the answers given; `?state=` filters by state."""
    state = request.GET.get("state", "")
    rows = Registration.objects.filter(event=event).select_related("user", "school")
    shown = rows.filter(state=state) if state in State.values else rows.running()
    page = Paginator(shown.order_by("state", "turn"), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "state": state,
        "states": [("", _("All active")), *State.choices],
        "querystring": f"state={state}" if state else "",
        "gives_places": not event.has_ended() and not event.is_cancelled,
    }
    return _page(request, event, "registrations", context)


@organisers_only
@require_POST
def give(request: HttpRequest, event: EventPage, pk: int) -> HttpResponse:
    """Give a waiting person a place, out of turn."""
    adds_place = "adds_place" in request.POST
    row = get_object_or_404(Registration.objects.filter(event=event).select_related("user"), pk=pk)
    if _tries(request, lambda: give_place(event=event, by=request.user, registration_id=row.pk, adds_place=adds_place)):
        messages.success(request, _("%(person)s now has a place.") % {"person": row.user})
    return redirect("event_organise_registrations", event.slug)


@organisers_only
def attendance(request: HttpRequest, event: EventPage) -> HttpResponse:
    """Show and correct attendance, and resolve lines of imported lists."""
    if request.method == "POST":
        shown, attended = (_numbers(request.POST.getlist(name)) for name in ("shown", "attended"))
        if _tries(request, lambda: correct_attendance(event=event, shown=shown, attended=attended)):
            messages.success(request, _("Saved."))
        return redirect("event_organise_attendance", event.slug)
    return _attendance_page(request, event, AttendanceFileForm())


@organisers_only
@require_POST
def attendance_import(request: HttpRequest, event: EventPage) -> HttpResponse:
    """Import a provider's list and report on each line."""
    form = AttendanceFileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose the file with the list first."))
        return redirect("event_organise_attendance", event.slug)
    try:
        report = import_attendance(event=event, content=form.cleaned_data["file"].read())
    except EventsError as error:
        form.add_error("file", str(error))
        return _attendance_page(request, event, form, status=422)
    return _attendance_page(request, event, AttendanceFileForm(), report=report)


@organisers_only
@require_POST
def attendance_line(request: HttpRequest, event: EventPage, pk: int) -> HttpResponse:
    """Match an unidentified line to a registration, or dismiss it."""
    line = get_object_or_404(AttendanceLine.objects.filter(event=event).select_related("event"), pk=pk)
    if request.POST.get("do") == "dismiss":
        dismiss_line(line=line)
    else:
        chosen = _numbers([request.POST.get("registration", "")])
        registration = Registration.objects.filter(event=event, pk__in=chosen).first()
        if registration is None:
            messages.error(request, _("Choose a person."))
        elif _tries(request, lambda: assign_line(line=line, registration=registration)):
            messages.success(request, _("Attendance recorded for %(name)s.") % {"name": registration.user})
    return redirect("event_organise_attendance", event.slug)


@organisers_only
def message(request: HttpRequest, event: EventPage) -> HttpResponse:
    """Send a message to the event's people."""
    form = AnnouncementForm(request.POST or None)
    if _sends(request, form, announce, event):
        messages.success(request, _("Your message is on its way. Each person will get it once."))
        return redirect("event_organise_message", event.slug)
    sent = event.announcements.select_related("sent_by")[:20]
    return _page(request, event, "message", {"form": form, "sent": sent}, status=422 if form.errors else 200)


@organisers_only
def materials(request: HttpRequest, event: EventPage) -> HttpResponse:
    """List and add materials."""
    form = MaterialForm(request.POST or None, request.FILES or None)
    if _sends(request, form, add_material, event):
        messages.success(request, _("Saved. No one else can see it until you release it."))
        return redirect("event_organise_materials", event.slug)
    shown = event.materials.select_related("document", "added_by")
    return _page(request, event, "materials", {"form": form, "materials": shown}, status=422 if form.errors else 200)


@organisers_only
@require_POST
def material(request: HttpRequest, event: EventPage, pk: int) -> HttpResponse:
    """Release, hold back or remove a material."""
    row = get_object_or_404(Material.objects.filter(event=event).select_related("document"), pk=pk)
    agreed = partial(release, consent=text_of(request.POST.get("consent")))
    acts: dict[str, Callable[..., None]] = {"release": agreed, "hold": hold_back, "remove": remove_material}
    act = acts.get(request.POST.get("do", ""))
    if act is not None and _tries(request, lambda: act(material=row)):
        messages.success(request, _("Done."))
    return redirect("event_organise_materials", event.slug)


@organisers_only
def guests(request: HttpRequest, event: EventPage) -> HttpResponse:
    """List and send guests' personal links."""
    form = GuestForm(request.POST or None)
    if _sends(request, form, invite_guest, event):
        messages.success(request, _("The link is on its way to %(name)s.") % {"name": form.cleaned_data["name"]})
        return redirect("event_organise_guests", event.slug)
    shown = event.guest_passes.order_by("-created_at", "-pk")
    return _page(request, event, "guests", {"form": form, "guests": shown}, status=422 if form.errors else 200)


@organisers_only
@require_POST
def guest_withdraw(request: HttpRequest, event: EventPage, pk: int) -> HttpResponse:
    """Revoke a guest's link."""
    withdraw_guest(guest=get_object_or_404(GuestPass, event=event, pk=pk))
    messages.success(request, _("The link no longer works."))
    return redirect("event_organise_guests", event.slug)


@organisers_only
@require_GET
def figures(request: HttpRequest, event: EventPage) -> HttpResponse:
    """Show the event's figures as charts."""
    schools = by_school(event)
    said = results(event)
    context = {
        "figures": figures_of(event),
        "schools": len(schools),
        "school_rows": [
            {"label": row["school__name"], "value": row["confirmed"]} for row in schools[:SCHOOLS_IN_CHART]
        ],
        "said": said,
        "shown_from": SHOWN_FROM,
        "star_rows": [{"label": "★" * stars, "value": number} for stars, number in said["overall_counts"]]
        if said
        else [],
        "question_rows": [
            {"label": label, "value": said[key], "text": f"{said[key]:.1f}"}
            for key, label in (
                ("overall", _("Worth the time")),
                ("useful", _("Useful at school")),
                ("technique", _("Call, sound and video")),
            )
        ]
        if said
        else [],
    }
    return _page(request, event, "figures", context)


@organisers_only
@require_GET
def figures_file(request: HttpRequest, event: EventPage) -> HttpResponse:
    """Export figures and registrations as a spreadsheet."""
    return HttpResponse(
        workbook(event),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="event-{event.pk}.xlsx"'},
    )


def _attendance_page(
    request: HttpRequest,
    event: EventPage,
    form: AttendanceFileForm,
    *,
    report: ImportReport | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = Registration.objects.filter(event=event).confirmed().select_related("user", "school")
    people = list(rows.order_by("user__name", "pk"))
    lines = list(AttendanceLine.objects.filter(event=event).open())
    context = {
        "form": form,
        "people": people,
        "came": sum(1 for row in people if row.attended_at),
        "missed": [row for row in people if not row.attended_at] if event.has_ended() else [],
        "lines": lines,
        "report": report,
        "is_open": event.is_joinable() or event.has_ended(),
    }
    return _page(request, event, "attendance", context, status=status)


TABS = {
    "registrations": lambda: _("Registrations"),
    "attendance": lambda: _("Attendance"),
    "message": lambda: _("Message"),
    "materials": lambda: _("Materials"),
    "guests": lambda: _("Guests"),
    "figures": lambda: _("Figures"),
}


def _page(request: HttpRequest, event: EventPage, tab: str, context: dict, status: int = 200) -> HttpResponse:
    tabs = [
        {"label": label(), "href": reverse(f"event_organise_{name}", args=[event.slug]), "current": name == tab}
        for name, label in TABS.items()
    ]
    shared = {
        "event": event,
        "tabs": tabs,
        "tab_title": TABS[tab](),
        "reader_zone": reader_zone(event, request.user),
        "breadcrumb": [
            (_("Events"), reverse("events")),
            (event.title, event.get_absolute_url()),
            (_("Organise"), None),
        ],
    }
    return render(request, f"events/organisers/{tab}.html", {**shared, **context}, status=status)


def _tries(request: HttpRequest, act: Callable[[], object]) -> bool:
    """Run the verb; return whether it succeeded, with the reason for a refusal in a message."""
    try:
        act()
    except EventsError as error:
        messages.error(request, str(error))
        return False
    return True


def _sends(request: HttpRequest, form: Form, verb: Callable[..., object], event: EventPage) -> bool:
    """Return whether a valid form was submitted and the verb accepted it."""
    if request.method != "POST" or not form.is_valid():
        return False
    return _tries(request, lambda: verb(event=event, by=request.user, **form.cleaned_data))


def _numbers(values: list[str]) -> set[int]:
    return set(map(number_of, values)) - {None}
