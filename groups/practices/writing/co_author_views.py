"""Pages for inviting co-authors and answering invitations."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from community.access import signed_in
from community.errors import RoomError
from community.rate_limits import check_pace
from content.filters import number_of

from ..errors import PracticesError
from ..models import CoAuthor, Practice
from .co_authoring import accept, decline, invite, leave, remove
from .forms import schools_of
from .invitable import found_by_name, invitable_by

MAX_WORDS = 60


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Email address"),
        help_text=gettext_lazy("The address your colleague uses to sign in here."),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )


@signed_in
def practice_co_authors(request: HttpRequest, pk: int) -> HttpResponse:
    """List co-authors and invitations, and invite by name (people the author may see) or by email address."""
    practice = get_object_or_404(Practice.objects.authored_by(request.user).select_related("school"), pk=pk)
    form, status = InviteForm(request.POST if "email" in request.POST else None), 200
    if request.method == "POST":
        person = number_of(request.POST.get("person"))
        try:
            if person is not None or form.is_valid():
                # Each invitation sends a message, even if the previous one was withdrawn.
                check_pace(request, "invite")
            if person is not None:
                chosen = get_object_or_404(invitable_by(request.user), pk=person)
                invite(practice=practice, by=request.user, person=chosen)
            elif form.is_valid():
                invite(practice=practice, by=request.user, email=form.cleaned_data["email"])
            else:
                status = 422
            if status == 200:
                # The same message whether or not the address has an account.
                messages.success(request, _("Invitation sent, if this address belongs to a member who can write here."))
                return redirect("practice_co_authors", pk)
        except RoomError as refused:
            messages.error(request, str(refused))
            return redirect("practice_co_authors", pk)
    words = request.GET.get("q", "").strip()[:MAX_WORDS]
    return render(
        request,
        "practices/writing/co_authors.html",
        {
            "practice": practice,
            "rows": practice.co_authors.open().select_related("person", "school").order_by("pk"),
            "form": form,
            "words": words,
            "found": found_by_name(request.user, words),
            "refusal": practice.refusal_to_edit(request.user),
        },
        status=status,
    )


@signed_in
@require_POST
def co_author_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept an invitation for the chosen school, or for the person's only one."""
    invitation = get_object_or_404(CoAuthor.objects.filter(person=request.user), pk=pk)
    schools = schools_of(request.user)
    asked = number_of(request.POST.get("school"))
    chosen = schools if asked is None else schools.filter(pk=asked)
    school = chosen[0] if len(chosen) == 1 else None
    if school is None:
        messages.error(request, _("Choose the school you’re co-authoring for."))
        return redirect("practice_mine")
    return _done(
        request, lambda: accept(invitation=invitation, by=request.user, school=school), _("You’re now a co-author.")
    )


@signed_in
@require_POST
def co_author_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline an invitation."""
    invitation = get_object_or_404(CoAuthor.objects.filter(person=request.user), pk=pk)
    return _done(request, lambda: decline(invitation=invitation, by=request.user), _("Declined."))


@signed_in
@require_POST
def co_author_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """End one's own co-authorship."""
    invitation = get_object_or_404(CoAuthor.objects.filter(person=request.user), pk=pk)
    said = _("You’re no longer a co-author. Your name has been removed from the practice.")
    return _done(request, lambda: leave(invitation=invitation, by=request.user), said)


@signed_in
@require_POST
def co_author_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an invitation, or remove a co-author."""
    invitation = get_object_or_404(CoAuthor.objects.filter(practice__author=request.user), pk=pk)
    try:
        remove(invitation=invitation, by=request.user)
    except PracticesError as refused:
        raise PermissionDenied(str(refused)) from refused
    messages.success(request, _("Removed."))
    return redirect("practice_co_authors", invitation.practice_id)


def _done(request: HttpRequest, verb: Callable[[], object], said: str) -> HttpResponse:
    try:
        verb()
        messages.success(request, said)
    except PracticesError as refused:
        messages.error(request, str(refused))
    return redirect("practice_mine")
