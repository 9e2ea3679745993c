"""Pages where authors compare, restore or discard a conflict copy."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.access import signed_in
from content.html import clean

from ..models import ConflictCopy, Practice
from .conflict_copies import discard_copy
from .steps import STEPS, step_of


@signed_in
def conflict_copy(request: HttpRequest, pk: int, words: int) -> HttpResponse:
    """Show the person's conflict copy next to the current draft."""
    practice = get_object_or_404(Practice.objects.written_by(request.user), pk=pk)
    copy = get_object_or_404(practice.conflict_copies.filter(person=request.user), pk=words)
    return conflict_page(request, practice, copy)


def conflict_page(request: HttpRequest, practice: Practice, copy: ConflictCopy, status: int = 200) -> HttpResponse:
    """Render a conflict copy next to the draft, with the actions available now."""
    draft = practice.get_latest_revision_as_object()
    data = QueryDict(copy.body)
    rows = [
        {
            "label": Practice._meta.get_field(name).verbose_name,
            "mine": clean(data[name]) if rich else shown,
            "now": getattr(draft, name) if rich else now,
            "rich": rich,
        }
        for name in step_of(copy.step).fields
        if name in data
        for rich in [name in Practice.TEXTS]
        for shown, now in [(", ".join(data.getlist(name)), _listed(getattr(draft, name)))]
        if (clean(data[name]) != getattr(draft, name) if rich else shown != now)
    ]
    lock = getattr(practice, "edit_lock", None)
    return render(
        request,
        "practices/writing/conflict_copy.html",
        {
            "practice": practice,
            "copy": copy,
            "rows": rows,
            "step": step_of(copy.step),
            "edit_lock": lock if lock and lock.is_running() and lock.holder_id != request.user.pk else None,
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
    """Discard one's own conflict copy."""
    practice = get_object_or_404(Practice.objects.written_by(request.user), pk=pk)
    discard_copy(practice=practice, by=request.user, key=words)
    messages.success(request, _("Text discarded. The practice hasn’t changed."))
    return redirect(reverse("practice_step", args=[pk, STEPS[0].key]))
