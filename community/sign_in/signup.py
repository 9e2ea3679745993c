"""Account creation, by invitation only: for the invited address, joining the school in the same step."""

from allauth.account.forms import SignupForm
from allauth.core import context
from allauth.socialaccount.forms import SignupForm as SocialSignupForm
from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ..belonging.invitations import accept
from ..errors import CommunityError
from ..models import User
from ..time_zones import time_zone_choices, time_zone_of
from .pending_invitation import forget_invitation, pending_invitation


class InvitedMixin(forms.Form):
    """Fields shared by both ways to sign up (password or external account), and acceptance of the invitation.

    The views show the form only while `is_open_for_signup`, so there is a pending invitation.
    """

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("The name your colleagues know you by. Members will see it next to anything you publish."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language of the messages we send you"), choices=User._meta.get_field("language").choices
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=time_zone_choices, help_text=_("We’ll show event times in this time zone.")
    )
    field_order = ["email", "name", "password1", "password2", "language", "time_zone"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation = pending_invitation(context.request)
        email = self.fields["email"]
        email.label = _("Email")
        email.help_text = _("The address your invitation was sent to.")
        # Django ignores data posted for a disabled field.
        email.disabled = True
        self.initial |= {
            "email": invitation.email,
            "name": invitation.name,
            "language": invitation.language,
            "time_zone": time_zone_of(invitation.school.country.code),
        }

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.account_already_exists:
            # This discloses nothing: anyone who opened the invitation can read this mailbox.
            self.add_error("email", _("There’s already an account with this address. Sign in to join the school."))
        return cleaned

    @transaction.atomic
    def save(self, request: HttpRequest) -> User:
        user = super().save(request)
        accept(token_or_invitation=pending_invitation(request), user=user)
        forget_invitation(request)
        return user

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        try:
            return super().try_save(request)
        except CommunityError as refused:
            messages.error(request, str(refused))
        except IntegrityError:
            # The same form sent twice concurrently. The invitation page shows the outcome of the first.
            pass
        return None, redirect("join")


class InvitedSignupForm(InvitedMixin, SignupForm):
    """Sign-up with a password."""


class InvitedSocialSignupForm(InvitedMixin, SocialSignupForm):
    """Sign-up with an external account."""
