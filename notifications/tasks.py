"""Tasks that send emails, one claimed row each: a message or a digest."""

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation
from django_tasks import task

from .digest_text import digest_text
from .models import Digest, Frequency, Message
from .preferences import frequency_of, unsubscribe_url
from .styles import with_styles_inline
from .topics import topic_of
from .visibility import hidden_from


@task()
def send_email(message_id: int) -> None:
    """Send a message's email, unless it is sent or claimed by another process. A failed attempt releases the claim.

    If the person chose a digest, the message waits for it. If they chose no emails, or may no longer see what it is
    about, it stays in the inbox only. If the process is killed, its claim expires (docs/decisions/0008).
    """
    row = Message.objects.filter(pk=message_id)
    if not row.claim():
        return
    message = row.select_related("recipient").get()
    frequency = _frequency_for(message)
    if frequency != Frequency.AT_ONCE:
        row.update(frequency=frequency, claimed_at=None)
        return
    email = _mail(message, message.address, message.subject, message.text, message.html)
    topic = topic_of(message.kind)
    if message.recipient and topic.is_choosable:
        _offer_unsubscribing(email, unsubscribe_url(message.recipient, [topic.key], message.created_at))
    _send(email, row)
    # Without an inbox the text is not needed again, and it may contain a one-time secret, so only the email keeps it.
    kept = {} if message.recipient_id else {"html": "", "url": ""}
    row.update(emailed_at=timezone.now(), **kept)


def _frequency_for(message: Message) -> Frequency:
    if message.recipient is None:
        return Frequency.AT_ONCE
    if hidden_from(message.recipient, [message]):
        return Frequency.NEVER
    return frequency_of(message.recipient, topic_of(message.kind))


@task()
def send_digest(digest_id: int) -> None:
    """Send a digest of what its reader may see now, once. Sends nothing if there is nothing left to report."""
    row = Digest.objects.filter(pk=digest_id)
    if not row.claim():
        return
    digest = row.select_related("recipient").get()
    with translation.override(digest.recipient.language):
        text = digest_text(digest)
    if text:
        email = _mail(digest, digest.recipient.email, text.subject, text.plain, text.html)
        _offer_unsubscribing(email, text.unsubscribe_url)
        _send(email, row)
    row.update(emailed_at=timezone.now())


def _mail(row: Message | Digest, address: str, subject: str, text: str, html: str) -> EmailMultiAlternatives:
    email = EmailMultiAlternatives(subject, text, to=[address], headers={"Message-ID": row.mail_id})
    email.attach_alternative(with_styles_inline(html), "text/html")
    return email


def _offer_unsubscribing(email: EmailMultiAlternatives, url: str) -> None:
    """Add one-click unsubscribe headers (RFC 8058)."""
    email.extra_headers["List-Unsubscribe"] = f"<{url}>"
    email.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _send(email: EmailMultiAlternatives, row) -> None:
    try:
        email.send()
    except OSError:
        row.give_back()
        raise
