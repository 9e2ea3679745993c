"""Keep the opened invitation in the session, so that the token leaves the address bar at once."""

from django.http import HttpRequest

from ..models import Invitation

SESSION_KEY = "invitation"


def remember_invitation(request: HttpRequest, invitation: Invitation) -> None:
    """Store the invitation until it is used or another is opened. It survives sign-in but not sign-out."""
    request.session[SESSION_KEY] = invitation.pk


def forget_invitation(request: HttpRequest) -> None:
    """Forget the stored invitation. Idempotent."""
    request.session.pop(SESSION_KEY, None)


def pending_invitation(request: HttpRequest) -> Invitation | None:
    """Return the invitation opened in this session, whatever its state."""
    if SESSION_KEY not in request.session:
        return None
    invitations = Invitation.objects.select_related("school", "invited_by")
    return invitations.filter(pk=request.session[SESSION_KEY]).first()
