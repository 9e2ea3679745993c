"""Pages for writing a practice step by step."""

import uuid

from csp.constants import NONCE, SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.access import contributors_only, object_decides, signed_in
from community.errors import RoomError
from community.rate_limits import check_pace
from content.filters import number_of, uuid_of

from ..errors import IncompleteError, PracticesError, TakenError
from ..models import EditLock, Practice
from ..review.rubric import NOT_OFFICIAL, current_rubric
from .conflict_copies import keep_posted_copy, restored_copy
from .conflict_views import conflict_page
from .drafts import submit, withdraw
from .edit_locks import acquire_lock, release_lock, take_over
from .file_forms import move_row
from .forms import WritingForms
from .own_drafts import own_draft
from .saving import Outcome, save_form, started_practice
from .session_rescue import discard_rescued_text, rescue_text, rescued_text
from .steps import STEPS, WHOLE, Step, before_and_after, checklist_of, step_of, step_with

# The editor needs an inline import map and adds one style element. A nonce and a hash allow them, on form pages only.
EDITOR_CSP = {
    "script-src": [SELF, NONCE],
    "style-src": [SELF, "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"],
}


@object_decides
@csp_update(EDITOR_CSP)
def practice_new(request: HttpRequest) -> HttpResponse:
    """Start a practice. A resubmitted form continues the practice it created."""
    if not request.user.is_authenticated:
        return _without_session(request)
    return _new(request)


@contributors_only
def _new(request: HttpRequest) -> HttpResponse:
    practice = Practice(author=request.user)
    step = step_of(request.POST.get("step", "")) or STEPS[0]
    if request.method == "POST":
        practice = practice_of_form(request)
        if practice.workflow_in_progress:
            return redirect("practice_history", practice.pk)
    return _write(request, practice, step)


def practice_of_form(request: HttpRequest) -> Practice:
    """Return the practice that the posted form created or will create. Raises Http404 for a token not of one's own."""
    practice = started_practice(token=uuid_of(request.POST.get("token")), by=request.user)
    if practice is None:
        raise Http404
    return practice


@object_decides
@csp_update(EDITOR_CSP)
def practice_edit(request: HttpRequest, pk: int, step: str = STEPS[0].key) -> HttpResponse:
    """Edit one step of a practice."""
    part = step_of(request.POST.get("step", step))
    if part is None:
        raise Http404
    if not request.user.is_authenticated:
        return _without_session(request) if request.method == "POST" else redirect_to_login(request.get_full_path())
    practice = own_draft(request, pk)
    refusal = practice.refusal_to_edit(request.user)
    if refusal and request.method == "POST":
        copy = keep_posted_copy(practice=practice, by=request.user, step=part, posted=request.POST)
        return conflict_page(request, practice, copy, status=403)
    if refusal and not practice.workflow_in_progress:
        raise PermissionDenied(refusal)
    if refusal:
        messages.info(request, refusal)
        return redirect(practice)
    if request.method == "GET":
        try:
            acquire_lock(practice=practice, by=request.user)
        except TakenError as taken:
            return taken_page(request, practice, taken.edit_lock, part)
    return _write(request, practice, part)


def _without_session(request: HttpRequest) -> HttpResponse:
    """Rescue the text of an author whose session ended; answer 404 to everyone else."""
    if request.method != "POST" or not rescue_text(request):
        raise Http404
    return render(request, "practices/writing/session_ended.html", {"next": request.path})


def _write(request: HttpRequest, practice: Practice, step: Step) -> HttpResponse:
    if request.method == "POST":
        data = request.POST.copy()
        move_row(data, data.get("move", ""))
        forms = WritingForms(practice, request.user, step, data, request.FILES)
        return _answer(request, forms, save_form(forms=forms, by=request.user, posted=request.POST))
    asked = number_of(request.GET.get("words"))
    if copy := restored_copy(practice=practice, by=request.user, step=step, key=asked):
        messages.success(request, _("We’ve restored your text. Check it and save."))
        return _form_page(request, practice, WritingForms(practice, request.user, step, copy, {}))
    rescued = rescued_text(request)
    if rescued is not None:
        messages.success(request, _("We’ve restored your text. Save it, then choose your pictures again."))
        if practice.pk is None:
            practice.token = uuid.UUID(rescued["token"])
        step = step_of(rescued.get("step", "")) or step
        return _form_page(request, practice, WritingForms(practice, request.user, step, rescued, {}))
    return _form_page(request, practice, WritingForms(practice, request.user, step))


def _answer(request: HttpRequest, forms: WritingForms, outcome: Outcome) -> HttpResponse:
    if outcome.refusal:
        messages.error(request, str(outcome.refusal))
        if outcome.copy is None:
            return _form_page(request, forms.practice, forms, status=409)
        return redirect("conflict_copy", forms.practice.pk, outcome.copy.pk)
    if outcome.practice is None:
        return _form_page(request, forms.practice, forms, status=422)
    discard_rescued_text(request)
    if not forms.is_valid():
        return _form_page(request, outcome.practice, forms, status=422)
    return _after_saving(request, outcome.practice, forms.step)


def _after_saving(request: HttpRequest, practice: Practice, step: Step) -> HttpResponse:
    action = request.POST.get("do", "")
    if action == "submit":
        return _submit(request, practice)
    if action == "preview":
        return redirect("practice_preview", practice.pk)
    if action == "leave":
        release_lock(practice=practice, by=request.user)
        messages.success(request, _("Saved. You can come back to it here at any time."))
        return redirect("practice_mine")
    asked = step_of(action.removeprefix("step-")) if action.startswith("step-") else None
    if asked is None:
        messages.success(request, _("Saved."))
    return redirect("practice_step", practice.pk, (asked or step).key)


def _submit(request: HttpRequest, practice: Practice) -> HttpResponse:
    try:
        # Every submission notifies reviewers, even after a withdrawal.
        check_pace(request, "submit")
        submit(practice=practice, by=request.user)
    except IncompleteError as refused:
        messages.warning(request, str(refused))
        first = step_with(next(iter(refused.missing)))
        return redirect(reverse("practice_step", args=[practice.pk, first.key]) + "?missing=1")
    except RoomError as refused:
        messages.error(request, str(refused))
        return redirect(practice)
    messages.success(request, _("Submitted. You can see below who will read it next. We’ll tell you what they decide."))
    return redirect("practice_history", practice.pk)


def _form_page(request: HttpRequest, practice: Practice, forms: WritingForms, status: int = 200) -> HttpResponse:
    begun, step = practice.pk is not None, forms.step
    before, after = before_and_after(step)
    if forms.text.is_bound and begun and "words" not in request.GET:
        # The page shows the typed text, but the next save is based on the version just saved.
        forms.text.data = _with_version(forms.text.data, practice)
    return render(
        request,
        "practices/writing/form.html",
        {
            "practice": practice,
            "forms": forms,
            "media": forms.media(request.csp_nonce),
            "begun": begun,
            "step": step,
            "steps": STEPS,
            "whole": WHOLE,
            "number": STEPS.index(step) + 1 if step in STEPS else 0,
            "before": before,
            "after": after,
            "checklist": checklist_of(practice) if begun else [],
            "told_missing": practice.missing() if begun and "missing" in request.GET else {},
            "reason": practice.return_reason() if begun else "",
            "conflict_copies": practice.conflict_copies.filter(person=request.user) if begun else [],
            "saved_at": practice.latest_revision.created_at if practice.latest_revision else None,
            "rubric": current_rubric(),
            "not_official": NOT_OFFICIAL,
            "is_first_author": practice.author_id == request.user.pk,
        },
        status=status,
    )


def _with_version(data: QueryDict, practice: Practice) -> QueryDict:
    data = data.copy()
    if number_of(data.get("version")) == practice.version - 1:
        data["version"] = str(practice.version)
    return data


def taken_page(request: HttpRequest, practice: Practice, lock: EditLock, step: Step) -> HttpResponse:
    """Show who holds the edit lock, with the options to wait, read or take over."""
    context = {"practice": practice, "edit_lock": lock, "revision": practice.latest_revision, "step": step}
    return render(request, "practices/writing/taken.html", context)


@signed_in
@require_POST
def practice_take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over the edit lock; the previous holder's form learns of it on its next autosave."""
    practice = get_object_or_404(Practice.objects.written_by(request.user), pk=pk)
    take_over(practice=practice, by=request.user)
    step = step_of(request.POST.get("step", "")) or STEPS[0]
    words = number_of(request.POST.get("words"))
    return redirect(reverse("practice_step", args=[pk, step.key]) + (f"?words={words}" if words is not None else ""))


@signed_in
@require_POST
def practice_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit the latest text for review."""
    return _submit(request, get_object_or_404(Practice.objects.authored_by(request.user), pk=pk))


@signed_in
@require_POST
def practice_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a practice from review."""
    practice = get_object_or_404(Practice.objects.authored_by(request.user), pk=pk)
    try:
        withdraw(practice=practice, by=request.user)
        messages.success(request, _("Withdrawn. It’s a draft again."))
    except PracticesError as refused:
        messages.error(request, str(refused))
    return redirect(practice)
