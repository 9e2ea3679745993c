"""The organisers' questions, as a form and as stored answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ..errors import EventsError
from ..models.pages import EventPage

LONGEST_ANSWER = 300
YES, NO = "yes", "no"


def question_fields(event: "EventPage") -> dict[str, forms.Field]:
    """Return a form field for each of the event's questions, by question id."""
    return {question.id: _field(question) for question in event.questions}


def _field(question: Any) -> forms.Field:
    about = {"label": question.value["label"], "required": question.value["required"]}
    if question.block_type == "text":
        return forms.CharField(max_length=LONGEST_ANSWER, **about)
    choices = (
        [(choice, choice) for choice in question.value["choices"]]
        if question.block_type == "choice"
        else [(YES, _("Yes")), (NO, _("No"))]
    )
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **about)


def kept_answers(event: "EventPage", answers: dict[str, Any]) -> list[dict[str, str]]:
    """Return the answers with the questions as they were asked, because the event may change them later.

    Raises EventsError if an answer is missing or not one of the choices.
    """
    form = forms.Form({key: answers.get(key) for key in answers})
    form.fields.update(question_fields(event))
    if not form.is_valid():
        first = next(iter(form.errors))
        raise EventsError(_("Please answer: %(question)s") % {"question": form.fields[first].label})
    return [
        {"id": key, "label": str(form.fields[key].label), "answer": value}
        for key, value in form.cleaned_data.items()
        if value
    ]
