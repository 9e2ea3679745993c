"""The contents of a digest, decided when it is sent."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from .models import Digest, Frequency, Message
from .plain_text import plain_text
from .preferences import frequencies_of, unsubscribe_url
from .topics import Topic, topic_of
from .visibility import hidden_from


@dataclass(frozen=True)
class DigestText:
    subject: str
    html: str
    unsubscribe_url: str

    @property
    def plain(self) -> str:
        return plain_text(self.html)


@dataclass
class Line:
    """One thing that happened, merged over repetitions; links to the latest."""

    text: str
    # Language of the text, if different from the email's.
    language: str
    url: str = ""
    times: int = 0


def digest_text(digest: Digest) -> DigestText | None:
    """Render the digest in the active language: what its reader may see now and still wants, or None."""
    sections = _sections(digest)
    if not sections:
        return None
    topics = [topic.key for topic in sections]
    context = {
        "recipient": digest.recipient,
        "frequency": digest.frequency,
        "sections": [{"topic": topic, "lines": _lines(told)} for topic, told in sections.items()],
        "number": sum(map(len, sections.values())),
        "site_name": settings.WAGTAIL_SITE_NAME,
        "site_url": settings.SITE_URL,
        "action_url": settings.SITE_URL + reverse("inbox"),
        "preferences_url": settings.SITE_URL + reverse("preferences"),
        "unsubscribe_url": unsubscribe_url(digest.recipient, topics, digest.created_at),
    }
    folder = "email/notifications/digest"
    return DigestText(
        subject=" ".join(render_to_string(f"{folder}/subject.txt", context).split()),
        html=render_to_string(f"{folder}/body.html", context),
        unsubscribe_url=context["unsubscribe_url"],
    )


def _sections(digest: Digest) -> dict[Topic, list[Message]]:
    wanted = frequencies_of(digest.recipient)
    messages = [
        message
        for message in digest.messages.order_by("pk")
        if wanted.get(topic_of(message.kind).key) != Frequency.NEVER
    ]
    hidden = hidden_from(digest.recipient, messages)
    sections: dict[Topic, list[Message]] = {}
    for message in messages:
        if message.pk not in hidden:
            sections.setdefault(topic_of(message.kind), []).append(message)
    return sections


def _lines(messages: list[Message]) -> list[Line]:
    lines: dict[str, Line] = {}
    for message in messages:
        line = lines.setdefault(message.line, Line(message.line, message.line_language))
        line.url, line.times = message.path, line.times + 1
    return list(lines.values())
