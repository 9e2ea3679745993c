"""Pages to report contributions, and to hide and restore them."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.access import members_only, moderates, signed_in
from community.errors import RoomError
from community.rate_limits import check_pace, refuse, status_of
from groups.discussions.errors import RefusedError
from groups.discussions.forms import ReasonForm
from groups.discussions.models import Comment, Topic

from ..hiding.hiding import hide, restore
from ..reportable import MODELS, address_of, words_of
from . import settling


def _ask_reason(
    request: HttpRequest, thing, act: Callable[[str], object], *, title: str, label: str, submit: str, done: str
) -> HttpResponse:
    """Ask for a reason, then act."""
    form = ReasonForm(label, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data["reason"])
        except RefusedError:
            raise
        except RoomError as refused:
            refuse(form, refused)
        else:
            messages.success(request, done)
            return redirect(address_of(thing))
    context = {"form": form, "title": title, "submit": submit, "words": words_of(thing), "back": address_of(thing)}
    return render(request, "moderation/reason.html", context, status=status_of(form))


@signed_in
@members_only
def report_new(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Report a comment, a topic or an adoption report to the moderators."""
    if kind not in MODELS:
        raise Http404
    thing = get_object_or_404(settling.reportable(kind, request.user), pk=pk)
    if thing.author_id == request.user.pk:
        raise PermissionDenied(_("You wrote this yourself. You can edit or withdraw it."))

    def tell(reason: str) -> None:
        check_pace(request, "report")
        settling.report(kind=kind, about_id=pk, by=request.user, reason=reason)

    return _ask_reason(
        request,
        thing,
        tell,
        title=_("Report to the moderators"),
        label=_("What’s wrong with it?"),
        submit=_("Report it"),
        done=_("Thank you. A moderator will look at it. No one else will know you reported it."),
    )


def _hide(request: HttpRequest, thing: Comment | Topic) -> HttpResponse:
    if not moderates(request.user, thing.country):
        raise PermissionDenied(_("You don’t moderate this school’s country."))
    return _ask_reason(
        request,
        thing,
        lambda reason: hide(thing=thing, by=request.user, reason=reason),
        title=_("Hide it"),
        label=_("Why? The author will see this."),
        submit=_("Hide it"),
        done=_("Hidden. The author has been told why."),
    )


def _found(request: HttpRequest, model: type[Comment | Topic], pk: int) -> Comment | Topic:
    return get_object_or_404(model.objects.open_to(request.user).select_related("school"), pk=pk)


@members_only
def comment_hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide a comment, as a moderator."""
    return _hide(request, _found(request, Comment, pk))


@members_only
def topic_hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide a topic with all its comments, as a moderator."""
    return _hide(request, _found(request, Topic, pk))


@members_only
@require_POST
def comment_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a hidden comment again."""
    return _restore(request, _found(request, Comment, pk))


@members_only
@require_POST
def topic_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a hidden topic again."""
    return _restore(request, _found(request, Topic, pk))


def _restore(request: HttpRequest, thing: Comment | Topic) -> HttpResponse:
    restore(thing=thing, by=request.user)
    messages.success(request, _("It’s visible again."))
    return redirect(address_of(thing))
