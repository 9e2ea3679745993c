"""The history of what moderators did to a person's content, from Wagtail's log."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from wagtail.models import ModelLogEntry

from community.access import moderated_rows
from community.models import User

from ..reportable import reportables
from ..waiting import Trace


def history_of_hidden(moderator: User, person: User) -> list[Trace]:
    """List what was hidden and restored of the person's in the moderator's countries; at most two queries per kind."""
    found = []
    for kind in reportables().values():
        own = kind.model.objects.filter(author=person)
        entries = logged(moderator, own, [kind.hide_action, kind.restore_action])
        open_things = kind.model.objects.open_to(moderator).filter(pk__in=[entry.object_id for entry in entries])
        addresses = {str(thing.pk): kind.address(thing) for thing in open_things}
        found += [trace_of(entry, addresses.get(entry.object_id, "")) for entry in entries]
    return found


def logged(moderator: User, rows: QuerySet, actions: Iterable[str]) -> list[ModelLogEntry]:
    """Return the log entries with these actions on the rows in the moderator's countries; one query."""
    own = rows.filter(moderated_rows(moderator)).order_by()
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(rows.model),
        object_id__in=own.values(key=Cast("pk", CharField())),
        action__in=actions,
    )
    return list(entries)


def trace_of(entry: ModelLogEntry, url: str = "") -> Trace:
    """Return the line of a person's history for a log entry."""
    reason = entry.data.get("reason", "")
    return Trace(when=entry.timestamp, what=entry.message, words=entry.label, reason=reason, url=url)
