"""The page to report something to the moderators."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from community.access import members_only, signed_in
from community.rate_limits import check_pace

from ..reason_page import ask_reason
from ..reportable import reportables
from .settling import readable, report


@signed_in
@members_only
def report_new(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Report something that the person can read."""
    of_kind = reportables().get(kind)
    if of_kind is None:
        raise Http404
    thing = get_object_or_404(readable(of_kind, request.user), pk=pk)
    if thing.author_id == request.user.pk:
        raise PermissionDenied(_("You wrote this yourself. You can edit or withdraw it."))

    def tell(reason: str) -> None:
        check_pace(request, "report")
        report(kind=kind, about_id=pk, by=request.user, reason=reason)

    return ask_reason(
        request,
        of_kind,
        thing,
        tell,
        title=_("Report to the moderators"),
        label=_("What’s wrong with it?"),
        submit=_("Report it"),
        done=_("Thank you. A moderator will look at it. No one else will know you reported it."),
    )
