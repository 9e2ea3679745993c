"""Autosave: background requests of an open form and their JSON answers."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.access import contributors_only, signed_in

from ..errors import PracticesError, TakenError
from ..models import Practice
from .edit_locks import acquire_lock
from .forms import WritingForms
from .own_drafts import own_draft
from .saving import save_form
from .steps import STEPS, Step, checklist_of, step_of
from .views import practice_of_form


@contributors_only
@require_POST
def practice_autosave_new(request: HttpRequest) -> HttpResponse:
    """Save a new practice's form for the first time; a bare heartbeat creates nothing."""
    if "token" not in request.POST:
        return JsonResponse({"state": "idle"})
    return _save(request, practice_of_form(request), _step(request))


@signed_in
@require_POST
def practice_autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """Save an open form; without form data, only renew the edit lock."""
    practice = own_draft(request, pk)
    if "token" in request.POST:
        return _save(request, practice, _step(request))
    try:
        acquire_lock(practice=get_object_or_404(Practice.objects.written_by(request.user), pk=pk), by=request.user)
    except PracticesError as refused:
        return _refused(refused)
    return JsonResponse({"state": "idle", "version": practice.version})


def _step(request: HttpRequest) -> Step:
    return step_of(request.POST.get("step", "")) or STEPS[0]


def _save(request: HttpRequest, practice: Practice, step: Step) -> JsonResponse:
    forms = WritingForms(practice, request.user, step, request.POST, {})
    outcome = save_form(forms=forms, by=request.user, posted=request.POST)
    if outcome.refusal:
        copy = outcome.copy
        address = reverse("conflict_copy", args=[copy.practice_id, copy.pk]) if copy else ""
        return _refused(outcome.refusal, words=address)
    if outcome.practice is None:
        return JsonResponse({"state": "unsaved", "errors": _errors(forms)}, status=422)
    practice = outcome.practice
    return JsonResponse(
        {
            "state": "saved",
            "text": _("Saved %(time)s") % {"time": time_format(timezone.localtime(), "H:i")},
            "version": practice.version,
            "errors": _errors(forms),
            "address": reverse("practice_step", args=[practice.pk, step.key]),
            "autosave": reverse("practice_autosave", args=[practice.pk]),
            "checklist": render_to_string(
                "practices/writing/checklist.html",
                {"checklist": checklist_of(practice), "practice": practice, "step": step},
                request,
            ),
        }
    )


def _refused(refused: PracticesError, words: str = "") -> JsonResponse:
    taken = isinstance(refused, TakenError)
    answer = {"state": "taken" if taken else "refused", "text": str(refused), "words": words}
    return JsonResponse(answer, status=409)


def _errors(forms: WritingForms) -> dict[str, list[str]]:
    """Map the page's field names to their error messages."""
    found = {name: list(errors) for name, errors in forms.text.errors.items()}
    for rows in forms.file_rows:
        for form in rows.forms:
            found |= {form.add_prefix(name): list(errors) for name, errors in form.errors.items()}
    return found
