"""Consents that end. Readers stop seeing the picture by the rule in PracticeImageQuerySet; its authors are told."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from ..models import EndedConsent, PracticeImage
from .messages import tell_consent_ended

CONSENT_ENDED = "groups.consent_ended"


def take_down_expired_consents(at: date | None = None) -> int:
    """Tell the authors of published practices, once, which pictures went off because their consent ended before the
    day (today when none is given), and put it into the log; return how many. Safe to repeat and to run twice at once.
    """
    at = at or timezone.now().date()
    ended = PracticeImage.objects.filter(shows_pupils=True, consent_until__lt=at, practice__live=True)
    number = 0
    for picture in ended.select_related("practice__school", "practice__author").order_by("pk"):
        with transaction.atomic():
            # The unique row is the lock: of two runs at once one tells.
            row, new = EndedConsent.objects.get_or_create(
                practice=picture.practice, image_id=picture.image_id, consent_until=picture.consent_until
            )
            if not new:
                continue
            log(instance=picture.practice, action=CONSENT_ENDED, data={"picture": picture.alt})
            tell_consent_ended(row, picture.alt)
        number += 1
    return number
