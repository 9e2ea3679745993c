"""Pages of a topic's poll."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from community.access import members_only
from community.errors import RoomError
from community.rate_limits import TooOftenError, check_pace
from content.filters import number_of

from ..errors import DiscussionsError, RefusedError
from ..forms import PollForm
from ..models import Topic
from ..places import crumbs_of
from ..topics.managing import may_steer
from ..topics.views import topic_of, topic_page
from . import polling

# Status of a rejected ballot; 422 for an invalid choice.
STATUS = {polling.OverError: 409, TooOftenError: 429}


def _steered(request: HttpRequest, pk: int) -> Topic:
    """Return the topic for its author and moderators; 403 with the reason for other readers."""
    found = topic_of(request, pk)
    if not may_steer(found, request.user):
        raise PermissionDenied(_("Only the author and moderators can do this."))
    return found


@members_only
def poll_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a poll to a topic."""
    found = _steered(request, pk)
    if request.method != "POST" and hasattr(found, "poll"):
        messages.info(request, _("This topic already has a poll. Start another topic for another question."))
        return redirect(f"{found.get_absolute_url()}#poll")
    form = PollForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            polling.add_poll(topic=found, by=request.user, **form.cleaned_data)
        except RefusedError:
            raise
        except DiscussionsError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The poll is open."))
            return redirect(f"{found.get_absolute_url()}#poll")
    context = {"form": form, "topic": found, "crumbs": crumbs_of(found, _("New poll"))}
    return render(request, "discussions/poll_new.html", context, status=422 if form.errors else 200)


@members_only
@require_POST
def poll_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Cast or change a vote."""
    found = get_object_or_404(Topic.objects.open_to(request.user), pk=pk)
    posted = map(number_of, request.POST.getlist("option"))
    chosen = [number for number in posted if number is not None]
    try:
        check_pace(request, "vote")
        polling.vote(topic=found, by=request.user, options=chosen)
    except RefusedError:
        raise
    except RoomError as refused:
        # Read again: the poll may have ended since.
        again, status = topic_of(request, pk), STATUS.get(type(refused), 422)
        return topic_page(request, again, poll_error=str(refused), picked=chosen, status=status)
    messages.success(request, _("Your vote has been counted. You can change it until the poll ends."))
    return redirect(f"{found.get_absolute_url()}#poll")


CHANGES = {
    "end": (polling.end_poll, gettext_lazy("The poll has ended.")),
    "take_away": (polling.take_away, gettext_lazy("The poll has been removed.")),
}


@members_only
@require_POST
def poll_change(request: HttpRequest, pk: int) -> HttpResponse:
    """End a poll, or delete one without votes."""
    found = _steered(request, pk)
    verb, said = CHANGES.get(request.POST.get("do", ""), (None, ""))
    if verb:
        try:
            verb(topic=found, by=request.user)
            messages.success(request, said)
        except RefusedError:
            raise
        except DiscussionsError as refused:
            messages.error(request, str(refused))
    return redirect(found)
