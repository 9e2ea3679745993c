"""Moderation history of a person's contributions, from Wagtail's log."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Model
from django.db.models.functions import Cast
from wagtail.models import ModelLogEntry

from community.access import moderated_rows
from community.models import User
from groups.discussions.models import Comment, Topic
from groups.practices.models import Adoption, Practice
from groups.practices.reuse.adopting import HIDDEN as TRY_HIDDEN
from groups.practices.reuse.adopting import RESTORED as TRY_RESTORED
from groups.practices.review.taking_down import TAKEN_DOWN

from ..hiding.hiding import HIDDEN, RESTORED
from ..reportable import address_of
from ..waiting import Trace

ACTIONS = [HIDDEN, RESTORED, TRY_HIDDEN, TRY_RESTORED, TAKEN_DOWN]
MODELS = [Comment, Topic, Adoption, Practice]


def history_of_words(moderator: User, person: User) -> list[Trace]:
    """List what was hidden, restored or taken down of the person's in the moderator's countries; at most two queries
    per model."""
    found = []
    for model in MODELS:
        own = model.objects.filter(moderated_rows(moderator), author=person).order_by()
        entries = ModelLogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(model),
            object_id__in=own.values(key=Cast("pk", CharField())),
            action__in=ACTIONS,
        )
        entries = list(entries)
        places = _places(model, moderator, [entry.object_id for entry in entries])
        found += [
            Trace(
                when=entry.timestamp,
                what=entry.message,
                words=entry.label,
                reason=entry.data.get("reason", ""),
                url=places.get(entry.object_id, ""),
            )
            for entry in entries
        ]
    return found


def _places(model: type[Model], moderator: User, keys: list[str]) -> dict[str, str]:
    """Return the URLs of the objects the moderator may open, by primary key."""
    if model is Practice:
        return {}
    return {str(thing.pk): address_of(thing) for thing in model.objects.open_to(moderator).filter(pk__in=keys)}
