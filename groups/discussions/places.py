"""Models whose rows can be discussed, each registered with `hooks.register(PLACES_HOOK, Kind)` in a wagtail_hooks.py.

A comment or subscription belongs to a *place*: one row of such a model.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from wagtail import hooks

from community.models import User

PLACES_HOOK = "register_discussion_place"


class PlaceKind:
    """Describes how the rows of one model are discussed."""

    model: type[Model]
    # Names the kind in addresses, such as ?topic=5.
    key: str
    # Order of the threads.
    newest_first = True
    # Field with the number of shown comments, and field with the time of the latest; empty if the row keeps none.
    counter: str
    latest_at = ""
    # Message to `authors` about a new comment, a folder below templates/email/discussions/.
    authors_message = ""
    # Sentence in emails to subscribers that says why they get them.
    subscriber_reason: str | Promise

    @property
    def content_type(self) -> ContentType:
        return ContentType.objects.get_for_model(self.model)

    def visible_to(self, user) -> QuerySet:
        """Return the places whose discussion the person may read and join."""
        raise NotImplementedError

    def open_to(self, user) -> QuerySet:
        """Return visible places, plus hidden ones that the person may open as a moderator."""
        return self.visible_to(user)

    def refusal(self, place: Model) -> str:
        """Return the reason that the place takes no comments from anyone; empty if it does."""
        return ""

    def authors(self, place: Model) -> list[User]:
        """Return the people who hear of every comment without subscribing and can be mentioned."""
        return []

    def is_author(self, place: Model, user: User) -> bool:
        """Return whether the person is one of the authors; without the query of `authors` where possible."""
        return user in self.authors(place)

    def answer_id(self, place: Model) -> int | None:
        """Return the key of the comment marked as the answer, if there is one."""
        return None

    def crumbs(self) -> list[tuple[str, str]]:
        """Return the breadcrumbs above a place."""
        raise NotImplementedError

    def address(self, place: Model) -> str:
        """Return the URL of the whole discussion."""
        return place.get_absolute_url()


def place_kinds() -> list[PlaceKind]:
    """Return every registered kind, in order of registration."""
    return [make() for make in hooks.get_hooks(PLACES_HOOK)]


def kind_of(place: Model) -> PlaceKind:
    """Return the kind of a place. Raises LookupError if no room registered its model."""
    for kind in place_kinds():
        if isinstance(place, kind.model):
            return kind
    raise LookupError(f"{place._meta.label} is not registered with {PLACES_HOOK}")


def crumbs_of(place: Model, here: str = "") -> list[tuple[str, str]]:
    """Return the breadcrumbs of a page below a discussion; without `here`, those of the discussion."""
    above = kind_of(place).crumbs()
    return [*above, (str(place), place.get_absolute_url()), (here, "")] if here else [*above, (str(place), "")]
