"""Registrations for an event, for moderators who can edit it."""

from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, Table
from wagtail.admin.widgets.button import HeaderButton

from ..models import EventPage, Registration, State
from .figures import XLSX
from .overview import overview

# Confirmed first, then offered, then waiting in order, then cancelled.
STATE_ORDER = Case(
    When(state=State.CONFIRMED, then=Value(1)),
    When(state=State.OFFERED, then=Value(2)),
    When(state=State.WAITING, then=Value(3)),
    default=Value(4),
    output_field=IntegerField(),
)


class GiveColumn(Column):
    """Button that gives a waiting person a place, adding one if all are taken."""

    cell_template_name = "events/admin/give.html"


COLUMNS = [
    Column("user", label=_("Person")),
    Column("email", label=_("Email"), accessor="user.email"),
    Column("school", label=_("School")),
    Column("country", label=_("Country"), accessor="school.country.name"),
    Column("state", label=_("Status"), accessor="get_state_display"),
    DateColumn("created_at", label=_("Registered")),
    DateColumn("attended_at", label=_("Joined")),
    Column("answers", label=_("Answers"), accessor=lambda row: "; ".join(a["answer"] for a in row.answers)),
    GiveColumn("give", label=_("Out of turn")),
]


def registrations(request: HttpRequest, pk: int) -> HttpResponse:
    """List the registrations for one event; only for moderators who can edit its page."""
    event = get_object_or_404(EventPage, id=pk)
    if not event.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    rows = Registration.objects.filter(event=event).select_related("user", "school").order_by(STATE_ORDER, "turn")
    context = {
        "event": event,
        "table": Table(COLUMNS, rows),
        "total": len(rows),
        "page_title": _("Registrations"),
        "page_subtitle": event.title,
        "header_title": event.title,
        "header_icon": "group",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_explore", args=[event.get_parent().pk]), "label": _("Events")},
            {"url": reverse("wagtailadmin_pages:edit", args=[event.pk]), "label": event.title},
            {"url": "", "label": _("Registrations")},
        ],
        "header_buttons": [
            HeaderButton(
                label=_("Edit the event"), url=reverse("wagtailadmin_pages:edit", args=[event.pk]), icon_name="edit"
            )
        ],
    }
    return TemplateResponse(request, "events/admin/registrations.html", context)


def all_figures(request: HttpRequest) -> HttpResponse:
    """Export figures of all events and of the moderator's schools as a spreadsheet."""
    return HttpResponse(
        overview(by=request.user),
        content_type=XLSX,
        headers={"Content-Disposition": 'attachment; filename="events.xlsx"'},
    )
