from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_MESSAGE = 5000


class FeedbackForm(forms.Form):
    """Feedback about the site. Only the message is required. Members' own address is filled in."""

    message = forms.CharField(
        label=_("Your message"),
        help_text=_(
            "What were you trying to do, and what happened? Tell us your device or any assistive technology you "
            "use, if it matters."
        ),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write a sentence or two so we can find what you mean.")},
    )
    page = forms.CharField(
        label=_("On which page?"),
        help_text=_("The page’s address or title. Leave blank if it happens everywhere."),
        max_length=500,
        required=False,
    )
    email = forms.EmailField(
        label=_("Your email address"),
        help_text=_("Only if you’d like a reply. We won’t use it for anything else."),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args, user=None, page: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].initial = page
        if user is not None and user.is_authenticated:
            self.fields["email"].initial = user.email
