"""Registration forms: the school, and the organisers' questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from community.access import Belonging

from ..models import EventPage, Registration
from .questions import question_fields


class ParticipantForm(forms.Form):
    """The organisers' questions, and whether other participants see the person's name."""

    shows_name = forms.BooleanField(label=gettext_lazy("Other participants can see my name"), required=False)

    def __init__(self, *args: Any, event: "EventPage", registration: "Registration | None" = None, **kwargs: Any):
        if registration is not None:
            kwargs["initial"] = {
                "shows_name": registration.shows_name,
                **{answer["id"]: answer["answer"] for answer in registration.answers},
            }
        super().__init__(*args, **kwargs)
        self.questions = question_fields(event)
        self.fields = {**self.questions, **self.fields}

    @property
    def question_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.questions]

    @property
    def answers(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.questions}


class RegistrationForm(ParticipantForm):
    """Also asks for the school, if the person may register for several."""

    NO_SCHOOL = gettext_lazy("Choose one of your schools.")

    school = forms.TypedChoiceField(
        label=gettext_lazy("On behalf of"),
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": NO_SCHOOL, "invalid_choice": NO_SCHOOL},
    )

    def __init__(self, *args: Any, belongings: list[Belonging], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = [(belonging.school_id, belonging.school_name) for belonging in belongings]
        self.asks = self.fields["school"].required = len(belongings) > 1
