"""Allauth adapters: who may create an account, and which host the links in emails use."""

from types import SimpleNamespace
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import translation

from notifications.plain_text import plain_text
from notifications.styles import with_styles_inline

from ..models import User
from .pending_invitation import pending_invitation

# The contexts of allauth's emails have one of these.
ADDRESSES = {"activate_url", "password_reset_url"}


def on_this_site(url: str) -> str:
    """Return the URL with SITE_URL in place of the request's host."""
    return settings.SITE_URL + urlsplit(url)._replace(scheme="", netloc="").geturl()


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether the invitation opened in this session can still be accepted."""
        invitation = pending_invitation(request)
        return invitation is not None and invitation.is_open

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """Return whether the open invitation was sent to this address, which proves it."""
        return self.is_open_for_signup(request) and pending_invitation(request).email == email.lower()

    def save_user(self, request: HttpRequest, user: User, form, commit: bool = True) -> User:
        user.name = form.cleaned_data["name"]
        user.language = form.cleaned_data["language"]
        user.time_zone = form.cleaned_data["time_zone"]
        return super().save_user(request, user, form, commit)

    def get_reset_password_from_key_url(self, key: str) -> str:
        return on_this_site(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation) -> str:
        return on_this_site(super().get_email_confirmation_url(request, emailconfirmation))

    def send_account_already_exists_mail(self, email: str) -> None:
        reset = on_this_site(reverse("account_reset_password"))
        self.send_mail("account/email/account_already_exists", email, {"password_reset_url": reset})

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Send the email in the recipient's language, with the site's configured name and host."""
        site = SimpleNamespace(name=settings.WAGTAIL_SITE_NAME, domain=urlsplit(settings.SITE_URL).netloc)
        person = context.get("user") or User.objects.filter(email__iexact=email).first()
        language = person.language if person else translation.get_language()
        # allauth made the addresses in the language of the request.
        addresses = {name: translate_url(context[name], language) for name in ADDRESSES & context.keys()}
        with translation.override(language):
            super().send_mail(
                template_prefix,
                email,
                {
                    **context,
                    **addresses,
                    "current_site": site,
                    "site_name": site.name,
                    "site_url": settings.SITE_URL,
                    "language": language,
                },
            )

    def render_mail(self, template_prefix: str, email, context: dict, headers=None) -> EmailMultiAlternatives:
        """Derive the plain text from our HTML; allauth's own emails have only its text."""
        message = super().render_mail(template_prefix, email, context, headers)
        bodies, message.alternatives = message.alternatives, []
        for html, kind in bodies:
            message.body = plain_text(html)
            message.attach_alternative(with_styles_inline(html), kind)
        return message

    def format_email_subject(self, subject: str) -> str:
        return subject


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin) -> bool:
        """Return whether there is an open invitation for an address of the external account."""
        if not super().is_open_for_signup(request, sociallogin):
            return False
        addresses = {address.email.lower() for address in sociallogin.email_addresses}
        return pending_invitation(request).email in addresses

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin) -> bool:
        # The form asks for name, language and time zone, and accepts the invitation.
        return False
