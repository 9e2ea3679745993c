from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from .access import access_of, has_second_factor, signed_in
from .forms import ProfileForm
from .models import Role, Standing


@signed_in
def profile(request: HttpRequest) -> HttpResponse:
    """The person's name, language and time zone, their schools, and the way to how they sign in."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        person = form.save()
        with translation.override(person.language):
            messages.success(request, _("Your profile is saved."))
            return redirect("profile")
    # A refused form has written what was typed into the person, whom the page's frame names.
    if form.errors:
        request.user.refresh_from_db(fields=form.Meta.fields)
    return render(
        request,
        "community/profile.html",
        {
            "form": form,
            "belongings": [
                {
                    "belonging": belonging,
                    "role": Role(belonging.role).label,
                    "standing": Standing(belonging.standing).label,
                }
                for belonging in access_of(request.user).belongings
            ],
            "has_second_factor": has_second_factor(request.user),
            "has_providers": bool(settings.OIDC_CLIENT_ID),
        },
    )


@signed_in
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why moderators need a second factor, and the ways to set one up."""
    if has_second_factor(request.user):
        return redirect("mfa_index")
    return render(request, "community/second_factor.html")
