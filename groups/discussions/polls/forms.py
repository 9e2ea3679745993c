from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ..errors import DiscussionsError
from ..models import Poll
from ..models.polls import FEWEST, MOST
from .polling import checked_options


class PollForm(forms.Form):
    question = forms.CharField(label=_("Question"), max_length=Poll._meta.get_field("question").max_length)
    options = forms.CharField(
        label=_("Options"),
        max_length=2000,
        widget=forms.Textarea({"rows": 6}),
        help_text=format_lazy(_("One option per line, {fewest} to {most} in total."), fewest=FEWEST, most=MOST),
    )
    takes_several = forms.BooleanField(label=_("Allow more than one choice"), required=False)
    ends_at = forms.DateTimeField(
        label=_("Ends at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("In your time zone. Leave blank to keep the poll open until you end it or close the topic."),
    )

    def clean_options(self) -> list[str]:
        try:
            return checked_options(self.cleaned_data["options"].splitlines())
        except DiscussionsError as refused:
            raise forms.ValidationError(str(refused)) from refused

    def clean_ends_at(self) -> datetime | None:
        ends_at = self.cleaned_data["ends_at"]
        if ends_at and ends_at <= timezone.now():
            raise forms.ValidationError(_("This time has passed. Choose a later one."))
        return ends_at
