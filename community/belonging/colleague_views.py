from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..access import leads, may_manage, may_see_colleagues, signed_in
from ..errors import CommunityError
from ..forms import InviteForm
from ..models import Confirmation, Membership, Role, School
from ..school_pages import crumbs_to, visible_school
from .invitations import invite, withdraw
from .membership import leave, make_lead, make_teacher, remove_member


def school_of_colleague(request: HttpRequest, slug: str) -> School:
    """Return the school, or 404 if the person may not see its members."""
    school = visible_school(request, slug)
    if not may_see_colleagues(request.user, school):
        raise Http404
    return school


def colleague(school: School, pk: int) -> Membership:
    """Return an active membership of the school, or 404."""
    members = Membership.objects.active().select_related("user", "school")
    return get_object_or_404(members, school=school, pk=pk)


@signed_in
def colleagues(request: HttpRequest, slug: str) -> HttpResponse:
    """List the school's members and open invitations; leads and moderators can invite."""
    school = school_of_colleague(request, slug)
    form = None
    manages = may_manage(request.user, school)
    if manages:
        form = InviteForm(request.POST or None, initial={"language": get_language()})
        if request.method == "POST" and form.is_valid() and _invited(request, school, form):
            return redirect("colleagues", school.slug)
    members = Membership.objects.active().filter(school=school).select_related("user").order_by("role", "user__name")
    return render(
        request,
        "community/colleagues.html",
        {
            "school": school,
            "members": members,
            "invitations": school.invitations.open().order_by("-created_at") if manages else [],
            "form": form,
            "may_manage": manages,
            "crumbs": crumbs_to(school, _("Colleagues")),
        },
    )


def _invited(request: HttpRequest, school: School, form: InviteForm) -> bool:
    vouched = Confirmation.LEAD if leads(request.user, school) else Confirmation.ORGANISATION
    try:
        invitation = invite(school=school, by=request.user, confirmed_by=vouched, **form.cleaned_data)
    except CommunityError as refused:
        form.add_error("email", str(refused))
        return False
    messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": invitation.email})
    return True


@signed_in
@require_POST
def withdraw_invitation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Withdraw an unused invitation."""
    school = school_of_colleague(request, slug)
    invitation = get_object_or_404(school.invitations, pk=pk)
    told = _("The invitation to %(email)s has been withdrawn.") % {"email": invitation.email}
    return _after(request, school, lambda: withdraw(invitation=invitation, by=request.user), told)


@signed_in
def remove_colleague(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Confirm, then end a colleague's membership."""
    school = school_of_colleague(request, slug)
    membership = colleague(school, pk)
    if membership.user == request.user:
        return redirect("leave_school", school.slug)
    name = {"name": str(membership.user), "school": school.name}
    if request.method == "POST":
        told = _("%(name)s is no longer a member of %(school)s.") % name
        return _after(request, school, lambda: remove_member(membership=membership, by=request.user), told)
    return render(
        request,
        "community/confirm.html",
        {
            "title": _("Remove %(name)s from %(school)s?") % name,
            "text": _(
                "They’ll lose access as a member of this school straight away. Anything they’ve published will "
                "stay with the school, under their name."
            ),
            "submit": _("Remove"),
            "cancel_href": reverse("colleagues", args=[school.slug]),
        },
    )


@signed_in
@require_POST
def change_role(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Make a colleague a lead (`role=lead`) or a teacher."""
    school = school_of_colleague(request, slug)
    membership = colleague(school, pk)
    name = {"name": str(membership.user)}
    if request.POST.get("role") == Role.LEAD:
        told = _("%(name)s is now a school lead.") % name
        return _after(request, school, lambda: make_lead(membership=membership, by=request.user), told)
    told = _("%(name)s is now a teacher.") % name
    return _after(request, school, lambda: make_teacher(membership=membership, by=request.user), told)


@signed_in
def leave_school(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm, then end the person's own membership, even if the label has ended."""
    running = Membership.objects.active().filter(user=request.user).select_related("school", "user")
    membership = get_object_or_404(running, school__slug=slug)
    school = membership.school
    if request.method == "POST":
        try:
            leave(membership=membership, by=request.user)
        except CommunityError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("You’re no longer a member of %(school)s.") % {"school": school.name})
        return redirect("profile")
    return render(
        request,
        "community/confirm.html",
        {
            "title": _("Leave %(school)s?") % {"school": school.name},
            "text": _(
                "You’ll lose access as a member of this school straight away. Your membership of other schools "
                "won’t change. Anything you’ve published will stay with the school, under your name."
            ),
            "submit": _("Leave the school"),
            "cancel_href": reverse("profile"),
        },
    )


def _after(request: HttpRequest, school: School, act: Callable[[], None], told: str) -> HttpResponse:
    """Run the action, report the outcome, and return to the list."""
    try:
        act()
    except CommunityError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, told)
    return redirect("colleagues", school.slug)
