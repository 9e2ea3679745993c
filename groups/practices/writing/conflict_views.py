"""Conflict copies: pages where authors compare, restore or discard text that could not be saved."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.access import signed_in
from content.filters import number_of
from content.html import clean

from ..models import ConflictCopy, Practice
from .edit_locks import keep_copy
from .steps import STEPS, Step, step_of


def keep_posted_copy(request: HttpRequest, practice: Practice, step: Step) -> ConflictCopy:
    """Store the posted form, without files, as a conflict copy."""
    data = request.POST.copy()
    data.pop("csrfmiddlewaretoken", None)
    try:
        window = UUID(data.get("window", ""))
    except ValueError:
        window = uuid4()
    return keep_copy(practice=practice, by=request.user, window=window, step=step.key, body=data.urlencode())


def words_of(request: HttpRequest, practice: Practice, step: Step) -> QueryDict | None:
    """Return the conflict copy requested by the URL as form data, with the practice's current version."""
    asked = number_of(request.GET.get("words"))
    kept = (
        practice.conflict_copies.filter(person=request.user, step=step.key)
        if practice.pk
        else ConflictCopy.objects.none()
    )
    kept = kept.filter(pk=asked).first()
    if kept is None:
        return None
    data = QueryDict(kept.body).copy()
    data["version"], data["window"], data["words"] = str(practice.version), str(uuid4()), str(kept.pk)
    return data


def discard_restored_copy(request: HttpRequest, practice: Practice) -> None:
    """Delete the conflict copy that this form restored and saved."""
    asked = number_of(request.POST.get("words"))
    if asked is not None:
        practice.conflict_copies.filter(person=request.user, pk=asked).delete()


@signed_in
def conflict_copy(request: HttpRequest, pk: int, words: int) -> HttpResponse:
    """Show the person's conflict copy next to the current draft."""
    practice = get_object_or_404(Practice.objects.written_by(request.user), pk=pk)
    return conflict_page(
        request, practice, get_object_or_404(practice.conflict_copies.filter(person=request.user), pk=words)
    )


def conflict_page(request: HttpRequest, practice: Practice, kept: ConflictCopy, status: int = 200) -> HttpResponse:
    """Render a conflict copy next to the draft, with the actions available now."""
    draft = practice.get_latest_revision_as_object()
    data = QueryDict(kept.body)
    rows = [
        {
            "label": Practice._meta.get_field(name).verbose_name,
            "mine": clean(data[name]) if rich else shown,
            "now": getattr(draft, name) if rich else now,
            "rich": rich,
        }
        for name in step_of(kept.step).fields
        if name in data
        for rich in [name in Practice.TEXTS]
        for shown, now in [(", ".join(data.getlist(name)), _listed(getattr(draft, name)))]
        if (clean(data[name]) != getattr(draft, name) if rich else shown != now)
    ]
    lease = getattr(practice, "edit_lock", None)
    return render(
        request,
        "practices/writing/conflict_copy.html",
        {
            "practice": practice,
            "kept": kept,
            "rows": rows,
            "step": step_of(kept.step),
            "lease": lease if lease and lease.is_running() and lease.holder_id != request.user.pk else None,
            "refusal": practice.refusal_to_edit(request.user),
        },
        status=status,
    )


def _listed(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None or value is False else "on" if value is True else str(value)


@signed_in
@require_POST
def conflict_copy_discard(request: HttpRequest, pk: int, words: int) -> HttpResponse:
    """Discard one's own conflict copy. Idempotent."""
    practice = get_object_or_404(Practice.objects.written_by(request.user), pk=pk)
    practice.conflict_copies.filter(person=request.user, pk=words).delete()
    messages.success(request, _("Text discarded. The practice hasn’t changed."))
    return redirect(reverse("practice_step", args=[pk, STEPS[0].key]))
