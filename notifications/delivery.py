"""Deliver messages, each as an inbox row and an email, once per key, without knowing what they are about.

The row is written at once. tasks.py decides later, from the person's preferences, whether the email is sent on its own,
in a digest or not at all.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks.base import Task

from .models import Digest, Message
from .models.mailed import MailedQuerySet
from .preferences import unsubscribe_url
from .tasks import send_digest, send_email
from .topics import topic_of


def notify(
    *,
    recipients: Iterable,
    message: str,
    context: dict,
    url: Callable[[], str],
    key: str,
    about: Model | None = None,
) -> None:
    """Notify each person once; repeating a key is a no-op.

    `url` returns the path on this site that the message links to. It is called in each reader's language, because
    addresses contain the language.
    `message` is its folder below templates/email/, such as `events/reminder`; a topic must register it.
    The subject is rendered in every language, so it must not name the recipient and needs lazy strings in its context.
    Pass `about` if the object may later be hidden from the reader: an instance of a model whose manager has
    `visible_to(person)`.
    """
    topic = topic_of(message)
    lines = {code: _subject(message, context, code) for code, _name in settings.LANGUAGES}
    known = {"about_model": about._meta.label_lower, "about_id": about.pk} if about else {}
    for person in recipients:
        with translation.override(person.language):
            own = {"recipient": person, "preferences_url": settings.SITE_URL + reverse("preferences")}
            if topic.is_choosable:
                own["unsubscribe_url"] = unsubscribe_url(person, [topic.key], timezone.now())
            row = _rendered(message, {**context, **own}, url)
        _deliver({"recipient": person, "key": key}, {"address": person.email, "lines": lines, **known, **row})


def mail(*, address: str, language: str, message: str, context: dict, url: Callable[[], str], key: str) -> None:
    """Email an address without an account. There is no inbox, so text and URL are erased once sent."""
    mail_all([Letter(address, language, message, context, url, key)])


@dataclass(frozen=True)
class Letter:
    """The arguments of `mail`, for sending many at once."""

    address: str
    language: str
    message: str
    context: dict
    url: Callable[[], str]
    key: str


def mail_all(letters: list[Letter]) -> None:
    """Email many addresses, as `mail` does. Runs two queries, however many there are.

    Raises IntegrityError if the same letter is sent twice concurrently.
    """
    keys = [letter.key for letter in letters]
    told = set(Message.objects.filter(recipient=None, key__in=keys).values_list("address", "key"))
    rows = []
    for letter in letters:
        if (letter.address, letter.key) in told:
            continue
        with translation.override(letter.language):
            row = _rendered(letter.message, letter.context, letter.url)
        rows.append(Message(address=letter.address, key=letter.key, **row))
    for message in Message.objects.bulk_create(rows):
        transaction.on_commit(partial(send_email.enqueue, message.pk))


def _subject(message: str, context: dict, language: str) -> str:
    with translation.override(language):
        return " ".join(render_to_string(f"email/{message}/subject.txt", context).split())[:200]


def _rendered(message: str, context: dict, url: Callable[[], str]) -> dict[str, str]:
    path = url()
    context = {
        **context,
        "site_url": settings.SITE_URL,
        "site_name": settings.WAGTAIL_SITE_NAME,
        "action_url": settings.SITE_URL + path,
        "language": translation.get_language(),
    }
    return {
        "kind": message,
        "url": path,
        "subject": _subject(message, context, translation.get_language()),
        "html": render_to_string(f"email/{message}/body.html", context),
    }


def _deliver(identity: dict, row: dict) -> None:
    told, new = Message.objects.get_or_create(**identity, defaults=row)
    if new:
        transaction.on_commit(partial(send_email.enqueue, told.pk))


def send_unsent() -> int:
    """Enqueue emails that failed or were left by a killed process, except those being sent; return their number."""
    return _hand_on(Message.objects.sendable(), send_email) + _hand_on(Digest.objects.sendable(), send_digest)


def send_unsent_of(*, keys: Collection[str]) -> int:
    """Enqueue the emails that `send_unsent` would, but only for messages with these keys; return their number."""
    return _hand_on(Message.objects.sendable().filter(key__in=keys), send_email)


def _hand_on(rows: MailedQuerySet, task: Task) -> int:
    keys = list(rows.values_list("pk", flat=True))
    for pk in keys:
        transaction.on_commit(partial(task.enqueue, pk))
    return len(keys)


def mark_read(*, reader, message_id: int) -> str | None:
    """Mark a message of the reader's as read and return the path it links to, or None if it is not theirs."""
    message = Message.objects.inbox_of(reader).filter(pk=message_id).first()
    if message is None:
        return None
    Message.objects.unread().filter(pk=message.pk).update(read_at=timezone.now())
    return message.path


def mark_all_read(*, reader) -> int:
    """Mark the reader's inbox as read; return the number of unread messages."""
    return Message.objects.inbox_of(reader).unread().update(read_at=timezone.now())
