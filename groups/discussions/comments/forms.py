import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from community.access import access_of
from community.models import User

from ..models.comments import LONGEST


class WritingForm(forms.Form):
    """Base of the discussion forms: the school to write for, and a token against double submission."""

    school = forms.TypedChoiceField(label=_("On behalf of"), coerce=int, empty_value=None, required=False)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, user: User, *args, **kwargs) -> None:
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
