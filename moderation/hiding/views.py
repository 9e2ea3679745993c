"""Pages to hide and restore. Rooms route to them with the key of a kind."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.access import members_only

from ..models import Hideable
from ..reason_page import ask_reason
from ..reportable import Reportable, reportables
from .hiding import check_moderates, hide, restore


def _found(request: HttpRequest, key: str, pk: int, within: dict[str, int]) -> tuple[Reportable, Hideable]:
    """Return the kind and the thing, or 404. `within` has further parts of the address: fields and their values."""
    kind = reportables()[key]
    things = kind.model.objects.open_to(request.user).select_related("school", "author")
    return kind, get_object_or_404(things, pk=pk, **within)


@members_only
def hide_page(request: HttpRequest, kind: str, pk: int, **within: int) -> HttpResponse:
    """Hide something, as a moderator."""
    of_kind, thing = _found(request, kind, pk, within)
    check_moderates(request.user, thing.country)
    return ask_reason(
        request,
        of_kind,
        thing,
        lambda reason: hide(thing=thing, by=request.user, reason=reason),
        title=_("Hide it"),
        label=_("Why? The author will see this."),
        submit=_("Hide it"),
        done=_("Hidden. The author has been told why."),
    )


@members_only
@require_POST
def restore_page(request: HttpRequest, kind: str, pk: int, **within: int) -> HttpResponse:
    """Show something hidden again, as a moderator."""
    of_kind, thing = _found(request, kind, pk, within)
    restore(thing=thing, by=request.user)
    messages.success(request, _("It’s visible again."))
    return redirect(of_kind.address(thing))
