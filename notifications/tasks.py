from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django_tasks import task

from .models import Message
from .styles import with_styles_inline


@task()
def send_email(message_id: int) -> None:
    """Send a message's e-mail, unless it was sent or another process is at it; what failed is free for the next try.

    A process killed on the way leaves its claim behind, which runs out (docs/decisions/0008).
    """
    row = Message.objects.filter(pk=message_id)
    if not row.sendable().update(claimed_at=timezone.now()):
        return
    message = row.get()
    email = EmailMultiAlternatives(
        message.subject, message.text, to=[message.address], headers={"Message-ID": message.mail_id}
    )
    email.attach_alternative(with_styles_inline(message.html), "text/html")
    try:
        email.send()
    except OSError:
        row.update(claimed_at=None)
        raise
    # Without an inbox nobody reads it again, and it may carry a one-time secret: only the mail keeps it.
    kept = {} if message.recipient_id else {"text": "", "html": "", "url": ""}
    row.update(emailed_at=timezone.now(), **kept)
