from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..access import public
from ..errors import CommunityError
from ..models import Invitation, User
from ..sign_in.pending_invitation import forget_invitation, pending_invitation, remember_invitation
from .invitations import accept, why_closed, why_refused


@public
@require_safe
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Store the invitation in the session and redirect, so that the token leaves the URL."""
    invitation = Invitation.objects.for_token(token).first()
    if invitation:
        remember_invitation(request, invitation)
    else:
        forget_invitation(request)
    return redirect("join")


@public
def join(request: HttpRequest) -> HttpResponse:
    """Show the opened invitation and the ways to accept it. A POST accepts it."""
    invitation = pending_invitation(request)
    if request.method == "POST" and invitation and request.user.is_authenticated:
        return _join(request, invitation)
    context = {"invitation": invitation}
    if invitation and request.user.is_authenticated:
        context["refusal"] = why_refused(invitation, request.user)
    elif invitation:
        context["refusal"] = why_closed(invitation)
        context["has_account"] = _has_account(invitation.email)
        context["login_href"] = f"{reverse('account_login')}?{urlencode({'next': reverse('join')})}"
    return render(request, "community/join.html", context)


def _has_account(email: str) -> bool:
    owns = Q(email__iexact=email) | Q(emailaddress__email__iexact=email, emailaddress__verified=True)
    return User.objects.filter(owns).exists()


def _join(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    try:
        membership = accept(token_or_invitation=invitation, user=request.user)
    except CommunityError as refused:
        messages.error(request, str(refused))
        return redirect("join")
    forget_invitation(request)
    messages.success(request, _("You’re now a member of %(school)s.") % {"school": membership.school.name})
    return redirect("dashboard")
