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
    """Edit name, languages and time zone; show the person's schools and sign-in methods."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        person = form.save()
        with translation.override(person.language):
            messages.success(request, _("Profile saved."))
            return redirect("profile")
    # An invalid form has altered the user that the page layout displays.
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
    """Explain why moderators need a second factor, and link to the ways to set one up."""
    if has_second_factor(request.user):
        return redirect("mfa_index")
    return render(request, "community/second_factor.html")
