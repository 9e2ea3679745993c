"""What waits for moderators, in one shape, whatever it is. Rooms register their kinds with Wagtail's hook
`register_waiting_kind`; a desk lists and settles them and knows no room's nouns (docs/decisions/0014).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.db.models import CharField, DateTimeField, Expression, ExpressionWrapper, Model, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise
from wagtail import hooks

from community.models import User

HOOK, PEOPLE_HOOK = "register_waiting_kind", "register_history_of_people"
# What every queryset of a kind is annotated with; all of them together are one query.
COLUMNS = ("waits_since", "waits_until", "of_country", "in_language")


@dataclass(frozen=True)
class Row:
    """What the list says of one thing that waits. `holder` is who is at it, where the room keeps that itself."""

    title: str
    school: str = ""
    asked: str = ""
    language: str = ""
    holder: str = ""


def reason_form(label: Promise, max_length: int = 1000) -> type[forms.Form]:
    """What most decisions ask for; the label says who reads it."""
    reason = forms.CharField(label=label, max_length=max_length, widget=forms.Textarea({"rows": 3}))
    return type("ReasonForm", (forms.Form,), {"reason": reason})


@dataclass(frozen=True)
class Action:
    """A decision that is taken on the desk. `act` is a verb: act(thing, by, **cleaned_data); its errors are the kind's.

    `tone` is a class of Wagtail's buttons. After an action that `keeps` it, the thing still waits.
    """

    key: str
    label: Promise
    done: Promise
    act: Callable
    form: type[forms.Form] = forms.Form
    tone: str = ""
    keeps: bool = False


@dataclass(frozen=True)
class Trace:
    """One line of a person's history: something of theirs that moderators hid, or sent away."""

    when: datetime
    what: str
    words: str = ""
    reason: str = ""
    url: str = ""


class WaitingKind:
    """One kind of thing that waits for moderators. Every method asks a fixed number of queries."""

    key: str
    label: Promise
    icon: str
    template: str
    # What its verbs raise with a sentence for the person who asked.
    errors: tuple[type[Exception], ...] = ()
    # Whether the room says who is at it: the desk then takes no claims.
    keeps_claims = False
    # Whether the title of a row is the beginning of what `template` shows whole.
    title_is_its_words = False
    # A template that leads to where it is decided, for what the desk cannot decide itself.
    decides_at = ""

    def waiting(self, user: User) -> QuerySet:
        """What this moderator can decide now, from `marked`; what they may not see is not in it."""
        raise NotImplementedError

    def rows(self, user: User, keys: list[int]) -> dict[int, Row]:
        """What the list says of these."""
        raise NotImplementedError

    def find(self, user: User, key: int) -> Model | None:
        """The thing itself, when it waits for this moderator."""
        return self.waiting(user).filter(pk=key).first()

    def actions(self, user: User, thing) -> Iterable[Action]:
        """What the moderator can do about it, the most common first."""
        raise NotImplementedError

    def context(self, user: User, thing) -> dict:
        """What `template` shows beside `thing`."""
        return {}

    def person(self, thing) -> User | None:
        """Whose doing it is."""
        return None

    def stays(self, user: User) -> Iterable[QuerySet]:
        """For the figures: how long things stayed, from `stay`; those that wait now have not left."""
        raise NotImplementedError


def marked(things: QuerySet, *, since: Expression, days: int | None = None, until: Expression | None = None,
           country: Expression, language: Expression | None = None) -> QuerySet:  # fmt: skip
    """Annotate COLUMNS: since when it waits, until when it should be settled (`days` later, or at a moment), where
    it comes from and in which language; '' where there is none."""
    due = until if until is not None else ExpressionWrapper(since + timedelta(days=days), DateTimeField())
    return things.annotate(
        waits_since=since,
        waits_until=due,
        of_country=Cast(country, CharField()),
        in_language=Cast(language or Value(""), CharField()),
    )


def stay(things: QuerySet, *, came: Expression, left: Expression, country: Expression) -> QuerySet:
    """Rows of (came, left, country) for the figures; `left` is null for what waits."""
    return things.order_by().annotate(
        came=ExpressionWrapper(came, DateTimeField()),
        left=ExpressionWrapper(left, DateTimeField(null=True)),
        stay_country=Cast(country, CharField()),
    )


def address_on_desk(kind: str, key: int) -> str:
    """Where a moderator decides about it: for messages."""
    return reverse("desk:item", args=[kind, key])


def kinds() -> list[WaitingKind]:
    """Every kind that a room registered, in the order of their rooms."""
    return [make() for make in hooks.get_hooks(HOOK)]


def history_of(moderator: User, person: User) -> list[Trace]:
    """What rooms remember of the person, as far as the moderator may see it, the newest first."""
    found = [trace for ask in hooks.get_hooks(PEOPLE_HOOK) for trace in ask(moderator, person)]
    return sorted(found, key=lambda trace: trace.when, reverse=True)
