"""Pages for after an event: feedback and materials."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from community.access import members_only

from ..errors import EventsError
from ..models import Feedback, Material
from ..page_context import reader_zone
from ..views import event_of
from .feedback import closes_at, give_feedback, refusal_to_feedback
from .forms import FeedbackForm


@members_only
def feedback(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask a participant for feedback, or let them change it until it closes."""
    event = event_of(request, slug)
    if reason := refusal_to_feedback(event=event, by=request.user):
        raise PermissionDenied(reason)
    earlier = Feedback.objects.for_event(event.pk).filter(registration__user=request.user).first()
    form = FeedbackForm(request.POST or None, instance=earlier)
    if request.method == "POST" and form.is_valid():
        try:
            give_feedback(event=event, by=request.user, answers=form.cleaned_data)
        except EventsError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Thank you! We’ve saved your feedback and won’t show your name with it."))
        return redirect(event)
    context = {
        "event": event,
        "form": form,
        "is_change": earlier is not None,
        "closes_at": closes_at(event),
        "reader_zone": reader_zone(event, request.user),
    }
    return render(request, "events/feedback.html", context, status=422 if form.errors else 200)


@members_only
@require_GET
def material(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Redirect to released material: a file, through the gate, or an external URL that no page shows."""
    row = get_object_or_404(Material.objects.visible_to(request.user).filter(event__slug=slug), pk=pk)
    address = row.document.url if row.document else row.url
    return HttpResponseRedirect(
        address, headers={"Referrer-Policy": "no-referrer", "Cache-Control": "private, no-store"}
    )
