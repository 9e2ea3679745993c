"""Expiring picture consents in the moderators' queue."""

from django.db.models import DateTimeField, ExpressionWrapper, F, QuerySet
from django.db.models.functions import Cast, Least
from django.utils.translation import gettext_lazy

from community.access import moderated_rows
from community.models import User
from moderation.waiting import Action, Row, WaitingKind, marked, reason_form, stay

from ..errors import PracticesError
from ..models import ENDING, ConsentNotice, PracticeImage
from .consents import remind_of_consent, take_picture_down

COUNTRY = "practice__school__country"


def _moment() -> Cast:
    """Return the end date of a consent as a datetime."""
    return Cast("consent_until", DateTimeField())


def _since() -> ExpressionWrapper:
    return ExpressionWrapper(_moment() - ENDING, DateTimeField())


TakeDownForm = reason_form(gettext_lazy("Why? The authors will see this message."))


class WaitingConsents(WaitingKind):
    key = "consent"
    label = gettext_lazy("Expiring consent")
    icon = "image"
    template = "practices/desk/consent.html"
    errors = (PracticesError,)

    def waiting(self, user: User) -> QuerySet:
        return marked(
            PracticeImage.objects.ending().filter(moderated_rows(user, COUNTRY)),
            since=_since(),
            until=_moment(),
            country=F(COUNTRY),
            language=F("practice__language"),
        )

    def rows(self, user: User, keys: list[int]) -> dict[int, Row]:
        pictures = PracticeImage.objects.filter(pk__in=keys).select_related("practice__school")
        return {
            row.pk: Row(row.alt, row.practice.school.name, str(row.practice), language=row.practice.language)
            for row in pictures
        }

    def find(self, user: User, key: int) -> PracticeImage | None:
        waiting = self.waiting(user).select_related("practice__school", "practice__author", "image")
        return waiting.filter(pk=key).first()

    def actions(self, user: User, thing: PracticeImage) -> list[Action]:
        reminded = gettext_lazy("We’ve asked the authors to renew the consent.")
        down = gettext_lazy("Taken down. We’ve told the authors why.")
        return [
            Action("remind", gettext_lazy("Remind the authors"), reminded, _remind),
            Action("take_down", gettext_lazy("Take it down now"), down, _take_down, TakeDownForm, tone="serious"),
        ]

    def person(self, thing: PracticeImage) -> User | None:
        return thing.practice.author

    def stays(self, user: User) -> list[QuerySet]:
        country = F(COUNTRY)
        waiting = PracticeImage.objects.ending().filter(moderated_rows(user, COUNTRY))
        done = ConsentNotice.objects.filter(moderated_rows(user, COUNTRY))
        return [
            stay(waiting, came=_since(), left=Cast(None, DateTimeField()), country=country),
            stay(done, came=Least(_since(), F("given_at")), left=F("given_at"), country=country),
        ]


def _remind(picture: PracticeImage, by: User) -> None:
    remind_of_consent(picture=picture, by=by)


def _take_down(picture: PracticeImage, by: User, reason: str) -> None:
    take_picture_down(picture=picture, by=by, reason=reason)
