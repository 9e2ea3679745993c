"""A common interface for everything that members can report and moderators can hide.

Rooms register their kinds with the Wagtail hook `register_reportable`, so that moderation names no model of theirs.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Model
from django.utils.functional import Promise
from wagtail import hooks

from community.models import User

from .models import Hideable, Report

REPORTABLE_HOOK = "register_reportable"


@dataclass(frozen=True)
class AuthorMessage:
    """The message to the author of something hidden, in the arguments of `notify`."""

    message: str
    url: Callable[[], str]
    context: dict = field(default_factory=dict)
    about: Model | None = None


class Reportable:
    """One kind of content that can be reported and hidden. Its key is also in the address of its reports."""

    key: str
    label: Promise
    model: type[Hideable]
    # Actions of Wagtail's log. The room registers their texts.
    hide_action: str
    restore_action: str

    def address(self, thing: Hideable) -> str:
        """Return the URL where the thing is read."""
        raise NotImplementedError

    def words(self, thing: Hideable) -> str:
        """Return its text, for moderators."""
        raise NotImplementedError

    def message_to_author(self, thing: Hideable) -> AuthorMessage:
        """Return the message that tells the author why it was hidden."""
        raise NotImplementedError

    def lock(self, thing: Hideable) -> Hideable:
        """Lock the row and return it. Override to lock first whatever `recount` counts it in."""
        rows = self.model._default_manager.select_for_update(of=("self",))
        return rows.select_related("author", "school").get(pk=thing.pk)

    def recount(self, thing: Hideable) -> None:
        """Recount what the thing is counted in, after it was hidden or shown again."""


def reportables() -> dict[str, Reportable]:
    """Return every registered kind by its key, in order of registration."""
    return {kind.key: kind for kind in (make() for make in hooks.get_hooks(REPORTABLE_HOOK))}


def reportable_of(thing: Hideable) -> Reportable:
    """Return the kind of the thing. Raises LookupError if no room registered it."""
    for kind in reportables().values():
        if isinstance(thing, kind.model):
            return kind
    raise LookupError(f"{thing._meta.label} is not registered with {REPORTABLE_HOOK}")


def label_of(key: str) -> Promise | str:
    """Return the name of a kind; the key if no room registers it now."""
    kind = reportables().get(key)
    return kind.label if kind else key


def things_of(reports: Iterable[Report], user: User) -> dict[tuple[str, int], Hideable]:
    """Return the reported things the moderator may open, by kind and key; one query per kind."""
    reports = list(reports)
    found = {}
    for key, kind in reportables().items():
        keys = [report.about_id for report in reports if report.kind == key]
        for thing in kind.model.objects.open_to(user).filter(pk__in=keys).select_related("school", "author"):
            found[key, thing.pk] = thing
    return found
