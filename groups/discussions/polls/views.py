"""Pages to add, end and delete a topic's poll."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from community.access import members_only

from ..errors import DiscussionsError, RefusedError
from ..models import Topic
from ..places import crumbs_of
from ..writing_rules import may_manage_topic
from . import polling
from .forms import PollForm


def _managed(request: HttpRequest, pk: int) -> Topic:
    """Return the topic for its author and moderators; 403 with the reason for other readers."""
    found = get_object_or_404(Topic.objects.open_to(request.user).for_page(), pk=pk)
    if not may_manage_topic(found, request.user):
        raise PermissionDenied(_("Only the author and moderators can do this."))
    return found


@members_only
def poll_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a poll to a topic."""
    found = _managed(request, pk)
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


CHANGES = {
    "end": (polling.end_poll, gettext_lazy("The poll has ended.")),
    "take_away": (polling.take_away, gettext_lazy("The poll has been removed.")),
}


@members_only
@require_POST
def poll_change(request: HttpRequest, pk: int) -> HttpResponse:
    """End a poll, or delete one without votes."""
    found = _managed(request, pk)
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
