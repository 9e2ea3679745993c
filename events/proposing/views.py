"""Proposing an event on the site, and tracking the proposal."""

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from community.access import access_of, contributors_only, signed_in
from community.models import School

from ..errors import EventsError
from ..models import Proposal
from .forms import ProposalForm
from .proposals import propose, withdraw


@contributors_only
def new(request: HttpRequest) -> HttpResponse:
    """Propose an event, and list one's own proposals."""
    schools = School.objects.filter(pk__in=access_of(request.user).contributing_school_ids).by_name()
    initial = {"time_zone": request.user.time_zone, "language": request.user.language}
    form = ProposalForm(request.POST or None, schools=schools, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            # Each proposal notifies moderators, even if it is withdrawn at once, so count every attempt.
            if not consume(request, action="propose"):
                raise EventsError(
                    _("You’ve sent a lot in a short time. Your text is safe. Wait a little, then send it again.")
                )
            proposal = propose(by=request.user, **form.proposed)
        except EventsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("Thank you. A moderator will look at your proposal, and we’ll tell you the decision.")
            )
            return redirect("event_proposal", proposal.pk)
    own = Proposal.objects.of(request.user)
    return render(request, "events/propose.html", {"form": form, "proposals": own})


@signed_in
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one's own proposal and its status; withdraw it."""
    own = Proposal.objects.of(request.user).select_related("school", "event")
    proposal = get_object_or_404(own, pk=pk)
    if request.method == "POST":
        try:
            withdraw(proposal=proposal, by=request.user)
        except EventsError as error:
            raise PermissionDenied(str(error)) from error
        messages.success(request, _("Your proposal has been withdrawn."))
        return redirect("event_proposal", proposal.pk)
    sees_event = proposal.event is not None and proposal.event.live
    return render(request, "events/proposal.html", {"proposal": proposal, "sees_event": sees_event})
