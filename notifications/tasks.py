from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django_tasks import task

from .models import Message
from .styles import with_styles_inline


@task()
def send_email(message_id: int) -> None:
    """Send a message's e-mail unless someone already did; a failed sending is given back for the next try."""
    unsent = Message.objects.filter(pk=message_id)
    if not unsent.filter(emailed_at=None).update(emailed_at=timezone.now()):
        return
    message = unsent.get()
    email = EmailMultiAlternatives(message.subject, message.text, to=[message.address])
    email.attach_alternative(with_styles_inline(message.html), "text/html")
    try:
        email.send()
    except OSError:
        unsent.update(emailed_at=None)
        raise
    # Without an inbox nobody reads it again, and it may carry a one-time secret: only the mail keeps it.
    unsent.filter(recipient=None).update(text="", html="", url="")
