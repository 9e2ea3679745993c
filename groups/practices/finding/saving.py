"""Save practices for later."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ..errors import RefusedError
from ..models import Practice, SavedPractice


@transaction.atomic
def save_for_later(*, practice: Practice, by) -> None:
    """Save the practice and count it. Idempotent, also for concurrent calls. Raises RefusedError if the person can't
    read it."""
    if not Practice.objects.visible_to(by).published().filter(pk=practice.pk).exists():
        raise RefusedError(_("You can only save practices you can read."))
    _row, new = SavedPractice.objects.get_or_create(user=by, practice=practice)
    if new:
        Practice.objects.filter(pk=practice.pk).update(saves_count=F("saves_count") + 1)


@transaction.atomic
def take_off_the_list(*, practice: Practice, by) -> None:
    """Unsave the practice and lower its count. Idempotent; works on practices no longer readable."""
    removed, _by_model = SavedPractice.objects.filter(user=by, practice=practice).delete()
    if removed:
        Practice.objects.filter(pk=practice.pk).update(saves_count=F("saves_count") - 1)
