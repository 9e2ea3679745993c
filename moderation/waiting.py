"""A common interface for everything in the moderators' queue.

Apps register their kinds with the Wagtail hook `register_waiting_kind`. The desk lists and settles the items without
knowing the apps' models (docs/decisions/0014).
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
# Annotations on every kind's queryset, so that all kinds can be combined into one query.
COLUMNS = ("waits_since", "waits_until", "of_country", "in_language")


@dataclass(frozen=True)
class Row:
    """One item's row in the queue. `holder` is who is working on it, if the app tracks that itself."""

    title: str
    school: str = ""
    asked: str = ""
    language: str = ""
    holder: str = ""


def reason_form(label: Promise, max_length: int = 1000) -> type[forms.Form]:
    """Build the reason form that most decisions use; the label says who will read the reason."""
    reason = forms.CharField(label=label, max_length=max_length, widget=forms.Textarea({"rows": 3}))
    return type("ReasonForm", (forms.Form,), {"reason": reason})


@dataclass(frozen=True)
class Action:
    """A decision taken on the desk. `act` is called as act(thing, by, **cleaned_data) and raises the kind's errors.

    `tone` is a Wagtail button class. `keeps` means the item remains in the queue afterwards.
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
    """One line of a person's history: something of theirs that moderators hid or rejected."""

    when: datetime
    what: str
    words: str = ""
    reason: str = ""
    url: str = ""


class WaitingKind:
    """One kind of item in the moderators' queue. Every method runs a fixed number of queries."""

    key: str
    label: Promise
    icon: str
    template: str
    # Exceptions its actions raise, each with a message for the user.
    errors: tuple[type[Exception], ...] = ()
    # True if the app itself tracks who is working on an item; the desk then takes no claims.
    keeps_claims = False
    # True if a row's title is the beginning of the text `template` shows in full.
    title_is_its_words = False
    # Template that links to where the item is decided, if the desk cannot.
    decides_at = ""

    def waiting(self, user: User) -> QuerySet:
        """Return the items this moderator may see and decide now, from `marked`."""
        raise NotImplementedError

    def rows(self, user: User, keys: list[int]) -> dict[int, Row]:
        """Return the queue rows of these items by key."""
        raise NotImplementedError

    def find(self, user: User, key: int) -> Model | None:
        """Return the item, if it is in this moderator's queue."""
        return self.waiting(user).filter(pk=key).first()

    def actions(self, user: User, thing) -> Iterable[Action]:
        """Return the decisions open to the moderator, most common first."""
        raise NotImplementedError

    def context(self, user: User, thing) -> dict:
        """Return extra context for `template`."""
        return {}

    def person(self, thing) -> User | None:
        """Return the person responsible for the item."""
        return None

    def stays(self, user: User) -> Iterable[QuerySet]:
        """Return `stay` querysets for the figures, with how long items waited. Items in the queue have not left."""
        raise NotImplementedError


def marked(things: QuerySet, *, since: Expression, days: int | None = None, until: Expression | None = None,
           country: Expression, language: Expression | None = None) -> QuerySet:  # fmt: skip
    """Annotate COLUMNS: waiting since, due (`until`, or `days` after `since`), country and language.

    Language is '' if there is none.
    """
    due = until if until is not None else ExpressionWrapper(since + timedelta(days=days), DateTimeField())
    return things.annotate(
        waits_since=since,
        waits_until=due,
        of_country=Cast(country, CharField()),
        in_language=Cast(language or Value(""), CharField()),
    )


def stay(things: QuerySet, *, came: Expression, left: Expression, country: Expression) -> QuerySet:
    """Annotate (came, left, country) for the figures; `left` is null for items still waiting."""
    return things.order_by().annotate(
        came=ExpressionWrapper(came, DateTimeField()),
        left=ExpressionWrapper(left, DateTimeField(null=True)),
        stay_country=Cast(country, CharField()),
    )


def address_on_desk(kind: str, key: int) -> str:
    """Return the item's URL on the desk, for messages."""
    return reverse("desk:item", args=[kind, key])


def kinds() -> list[WaitingKind]:
    """Return every registered kind, in order of registration."""
    return [make() for make in hooks.get_hooks(HOOK)]


def history_of(moderator: User, person: User) -> list[Trace]:
    """Return the person's history across all apps, as far as the moderator may see it, newest first."""
    found = [trace for ask in hooks.get_hooks(PEOPLE_HOOK) for trace in ask(moderator, person)]
    return sorted(found, key=lambda trace: trace.when, reverse=True)
