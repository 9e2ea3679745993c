"""Count readers anonymously, once a day each, except the authors and their schools."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from community.access import access_of

from ..models import Practice, ReadCount

A_DAY = 24 * 60 * 60


def count_reader(practice: Practice, request: HttpRequest) -> bool:
    """Count the requester as one of today's readers. Return whether they were counted."""
    belongings = access_of(request.user).belongings
    if practice.written_for(request.user) is not None:
        return False
    if not {belonging.school_id for belonging in belongings}.isdisjoint(practice.involved_school_ids()):
        return False
    today = timezone.now().date()
    # The cache entry expires after a day, and a keyed hash can't be reversed to an IP address.
    reader = salted_hmac(f"{practice.pk} {today}", _name_of(request)).hexdigest()
    if not cache.add(f"read:{reader}", True, timeout=A_DAY):
        return False
    country = next((belonging.country for belonging in belongings if belonging.reads), "")
    ReadCount.objects.add_one(practice_id=practice.pk, day=today, country=country)
    return True


def _name_of(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return f"person {request.user.pk}"
    return f"{get_adapter().get_client_ip(request)} {request.headers.get('User-Agent', '')}"
