import uuid
from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.access import access_of, is_moderator
from content.taxonomy import Pillar

from .errors import DiscussionsError
from .models import Poll, Topic
from .models.comments import LONGEST
from .models.polls import FEWEST, MOST
from .polls.polling import checked_options


class WritingForm(forms.Form):
    """Base of the discussion forms: the school to write for, and a token against double submission."""

    school = forms.TypedChoiceField(label=_("On behalf of"), coerce=int, empty_value=None, required=False)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, user, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4
        schools = [(each.school_id, each.school_name) for each in access_of(user).contributing]
        if len(schools) > 1:
            self.fields["school"].choices = schools
        else:
            del self.fields["school"]

    def written(self) -> dict:
        """Return the keyword arguments of the verbs."""
        return {"token": self.cleaned_data["token"], "school_id": self.cleaned_data.get("school")}


class CommentForm(WritingForm):
    text = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Write something first.")},
    )
    parent = forms.IntegerField(required=False, widget=forms.HiddenInput)

    field_order = ["text", "school"]


class EditForm(forms.Form):
    text = forms.CharField(label=_("Your comment"), max_length=LONGEST, widget=forms.Textarea({"rows": 8}))


class TopicForm(WritingForm):
    title = forms.CharField(label=_("Title"), max_length=Topic._meta.get_field("title").max_length)
    text = forms.CharField(
        label=_("What would you like to talk about?"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Leave an empty line to start a new paragraph. Type @ and a colleague’s name to mention them."),
    )
    pillar = forms.ChoiceField(
        label=_("Pillar"), required=False, choices=[("", _("None in particular")), *Pillar.choices]
    )
    is_announcement = forms.BooleanField(label=_("Announcement: pinned to the top"), required=False)

    field_order = ["title", "text", "pillar", "school"]

    def __init__(self, user, *args, **kwargs) -> None:
        super().__init__(user, *args, **kwargs)
        if not is_moderator(user):
            del self.fields["is_announcement"]

    def written(self) -> dict:
        words = {name: self.cleaned_data[name] for name in ("title", "text", "pillar")}
        return super().written() | words | {"is_announcement": self.cleaned_data.get("is_announcement", False)}


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
