"""Proposals in the Wagtail admin: the list, and the decision page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column, DateColumn, Table, TitleColumn

from ..errors import EventsError
from ..models import EventPage
from ..planning.admin import ReasonForm, header
from .proposals import accept_proposal, decline_proposal, in_queue_of


def proposals(request: HttpRequest) -> HttpResponse:
    """List the proposals of the moderator's countries, undecided first."""
    own = in_queue_of(request.user).select_related("school", "proposer")
    columns = [
        TitleColumn("title", label=_("Title"), url_name="event_proposal_decide"),
        Column("proposer", label=_("Proposed by")),
        Column("school", label=_("School")),
        DateColumn("starts_at", label=_("Starts")),
        DateColumn("created_at", label=_("Proposed")),
        Column("decision", label=_("Decision"), accessor="get_decision_display"),
    ]
    waiting = list(own.waiting())
    decided = own.exclude(pk__in=[proposal.pk for proposal in waiting]).order_by("-decided_at")[:50]
    context = {
        "waiting": Table(columns, waiting) if waiting else None,
        "decided": Table(columns, decided) if decided else None,
        **header(_("Proposed events")),
    }
    return TemplateResponse(request, "events/admin/proposals.html", context)


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a proposal, as a published event or a draft, or decline it with a reason."""
    proposal = get_object_or_404(in_queue_of(request.user).select_related("school", "proposer", "event"), pk=pk)
    action = request.POST.get("action")
    form = ReasonForm(request.POST if action == "decline" else None)
    try:
        if action in ("publish", "draft"):
            event = accept_proposal(proposal=proposal, by=request.user, publish=action == "publish")
            messages.success(request, _("Accepted. Complete the event here. Its organiser has been told."))
            return redirect("wagtailadmin_pages:edit", event.pk)
        if action == "decline" and form.is_valid():
            decline_proposal(proposal=proposal, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("Declined. The person who proposed it has been told why."))
            return redirect("event_proposals")
    except EventsError as error:
        messages.error(request, str(error))
    rivals = EventPage.objects.overlapping(proposal.starts_at, proposal.ends_at).without_texts()
    context = {
        "proposal": proposal,
        "form": form,
        "rivals": rivals,
        **header(proposal.title, "", {"url": reverse("event_proposals"), "label": _("Proposed events")}),
    }
    return TemplateResponse(request, "events/admin/decide.html", context)
