"""Pages on which authors write."""

import uuid

from csp.constants import NONCE, SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.access import contributors_only, object_decides, signed_in

from ..errors import GroupsError, IncompleteError
from ..models import Practice
from ..views.reading import own_draft
from . import kept_text
from .drafts import save_draft, submit, withdraw
from .forms import WritingForms

# The editor comes with an import map inside the page and puts one style element into it: a nonce and a hash let them
# through, on the form pages alone.
EDITOR_CSP = {
    "script-src": [SELF, NONCE],
    "style-src": [SELF, "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"],
}


@object_decides
@csp_update(EDITOR_CSP)
def practice_new(request: HttpRequest) -> HttpResponse:
    """Begin a practice. A form that arrives twice continues the practice that the first one made."""
    if not request.user.is_authenticated:
        return _without_session(request)
    return _new(request)


@contributors_only
def _new(request: HttpRequest) -> HttpResponse:
    practice = Practice(author=request.user)
    if request.method == "POST":
        try:
            practice.token = uuid.UUID(request.POST.get("token", ""))
        except ValueError as error:
            raise Http404 from error
        earlier = Practice.objects.authored_by(request.user).filter(token=practice.token).first()
        if earlier and earlier.workflow_in_progress:
            return redirect("practice_history", earlier.pk)
        if earlier:
            return _write(request, earlier.get_latest_revision_as_object())
    return _write(request, practice)


@object_decides
@csp_update(EDITOR_CSP)
def practice_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Continue a practice of one's own."""
    if not request.user.is_authenticated:
        return _without_session(request) if request.method == "POST" else redirect_to_login(request.get_full_path())
    practice = own_draft(request, pk)
    refusal = practice.refusal_to_edit(request.user)
    if refusal and not practice.workflow_in_progress:
        raise PermissionDenied(refusal)
    if refusal:
        messages.info(request, refusal)
        return redirect(practice)
    return _write(request, practice)


def _without_session(request: HttpRequest) -> HttpResponse:
    """Hide the form from strangers; keep the text of somebody whose session ended while they wrote."""
    if request.method != "POST" or not kept_text.keep(request):
        raise Http404
    return render(request, "groups/session_ended.html", {"next": request.path})


def _write(request: HttpRequest, practice: Practice) -> HttpResponse:
    if request.method == "POST":
        forms = WritingForms(practice, request.user, request.POST, request.FILES)
        if forms.is_valid():
            return _save(request, forms)
        return _form_page(request, practice, forms, status=422)
    kept = kept_text.taken_back(request)
    if kept is not None:
        messages.success(request, _("Here is your text again. Save it; pictures have to be chosen once more."))
        if practice.pk is None:
            practice.token = uuid.UUID(kept["token"])
        return _form_page(request, practice, WritingForms(practice, request.user, kept, {}))
    return _form_page(request, practice, WritingForms(practice, request.user))


def _save(request: HttpRequest, forms: WritingForms) -> HttpResponse:
    try:
        practice = save_draft(practice=forms.filled(), by=request.user)
    except IntegrityError:
        # The same form arrived twice at once: the other one made the practice.
        practice = get_object_or_404(Practice.objects.authored_by(request.user), token=forms.practice.token)
    except GroupsError as refused:
        messages.error(request, str(refused))
        return _form_page(request, forms.practice, forms, status=409)
    kept_text.forget(request)
    action = request.POST.get("do")
    if action == "submit":
        return _submit(request, practice)
    messages.success(request, _("Saved."))
    return redirect("practice_preview" if action == "preview" else "practice_edit", practice.pk)


def _submit(request: HttpRequest, practice: Practice) -> HttpResponse:
    try:
        submit(practice=practice, by=request.user)
    except IncompleteError as refused:
        messages.warning(request, str(refused))
        return redirect(reverse("practice_edit", args=[practice.pk]) + "?missing=1")
    except GroupsError as refused:
        messages.error(request, str(refused))
        return redirect(practice)
    messages.success(request, _("Submitted. A moderator will read it; you will be told what they decide."))
    return redirect("practice_history", practice.pk)


def _form_page(request: HttpRequest, practice: Practice, forms: WritingForms, status: int = 200) -> HttpResponse:
    saved = practice.pk is not None
    missing = practice.missing() if saved else {}
    return render(
        request,
        "groups/practice_form.html",
        {
            "practice": practice,
            "forms": forms,
            "media": forms.media.with_nonce(request.csp_nonce),
            "saved": saved,
            "missing": missing if request.GET.get("missing") else {},
            "reason": practice.return_reason() if saved else "",
        },
        status=status,
    )


@signed_in
@require_POST
def practice_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a review of the latest text."""
    return _submit(request, get_object_or_404(Practice.objects.authored_by(request.user), pk=pk))


@signed_in
@require_POST
def practice_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a practice back out of the review."""
    practice = get_object_or_404(Practice.objects.authored_by(request.user), pk=pk)
    try:
        withdraw(practice=practice, by=request.user)
        messages.success(request, _("Taken back. It is a draft again."))
    except GroupsError as refused:
        messages.error(request, str(refused))
    return redirect(practice)
