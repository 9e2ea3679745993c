"""The invitation that a visitor opened, kept in their session: the link's secret leaves the address bar at once."""

from django.http import HttpRequest

from ..models import Invitation

SESSION_KEY = "invitation"


def remember_invitation(request: HttpRequest, invitation: Invitation) -> None:
    """Keep the invitation until it is used or another one is opened; signing in keeps it, signing out forgets it."""
    request.session[SESSION_KEY] = invitation.pk


def forget_invitation(request: HttpRequest) -> None:
    """Keep no invitation; a no-op when none was opened."""
    request.session.pop(SESSION_KEY, None)


def pending_invitation(request: HttpRequest) -> Invitation | None:
    """The invitation opened in this session, in whatever state it is by now."""
    if SESSION_KEY not in request.session:
        return None
    invitations = Invitation.objects.select_related("school", "invited_by")
    return invitations.filter(pk=request.session[SESSION_KEY]).first()
