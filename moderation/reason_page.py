"""The page that asks for a reason before something is reported or hidden."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from community.errors import RoomError
from community.rate_limits import refuse, status_of
from content.filters import text_of

from .errors import RefusedError
from .models import Hideable
from .reportable import Reportable
from .waiting import reason_form


def ask_reason(
    request: HttpRequest,
    kind: Reportable,
    thing: Hideable,
    act: Callable[[str], object],
    *,
    title: str,
    label: str,
    submit: str,
    done: str,
) -> HttpResponse:
    """Ask for a reason, call `act` with it, and return to the thing."""
    typed = {"reason": text_of(request.POST.get("reason"))} if request.method == "POST" else None
    form = reason_form(label)(typed)
    if form.is_valid():
        try:
            act(form.cleaned_data["reason"])
        except RefusedError:
            raise
        except RoomError as refused:
            refuse(form, refused)
        else:
            messages.success(request, done)
            return redirect(kind.address(thing))
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "words": kind.words(thing),
        "back": kind.address(thing),
    }
    return render(request, "moderation/reason.html", context, status=status_of(form))
