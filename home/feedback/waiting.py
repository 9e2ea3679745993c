"""Feedback on the desk of the central moderators."""

from django import forms
from django.db.models import F, QuerySet, Value
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from community.access import access_of
from community.models import User
from moderation.waiting import Action, Row, WaitingKind, marked, stay

from ..models import Feedback
from .giving import settle

DAYS = 7


class NoteForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("What did you do about it? Only moderators will see this."),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )


class WaitingFeedback(WaitingKind):
    key = "feedback"
    label = gettext_lazy("Feedback about the site")
    icon = "mail"
    template = "home/desk/feedback.html"
    title_is_its_words = True

    def waiting(self, user: User) -> QuerySet:
        return marked(
            _read_by(user).filter(settled_at=None),
            since=F("created_at"),
            days=DAYS,
            country=Value(""),
            language=F("language"),
        )

    def rows(self, user: User, keys: list[int]) -> dict[int, Row]:
        return {
            row.pk: Row(Truncator(row.message).chars(90), asked=row.page, language=row.language)
            for row in Feedback.objects.filter(pk__in=keys)
        }

    def find(self, user: User, key: int) -> Feedback | None:
        return self.waiting(user).select_related("person").filter(pk=key).first()

    def actions(self, user: User, thing: Feedback) -> list[Action]:
        settled = gettext_lazy("Dealt with. Your note has been saved.")
        return [Action("settle", gettext_lazy("Mark as dealt with"), settled, _settle, NoteForm)]

    def person(self, thing: Feedback) -> User | None:
        return thing.person

    def stays(self, user: User) -> list[QuerySet]:
        return [stay(_read_by(user), came=F("created_at"), left=F("settled_at"), country=Value(""))]


def _read_by(user: User) -> QuerySet[Feedback]:
    return Feedback.objects.all() if access_of(user).moderates_all else Feedback.objects.none()


def _settle(feedback: Feedback, by: User, answer: str) -> None:
    settle(feedback, answer=answer, by=by)
