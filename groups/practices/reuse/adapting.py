"""“Adapt this”: create a draft linked to the original."""

from django.db import transaction
from django.utils.translation import gettext as _

from community.access import access_of, refusal_to_contribute

from ..errors import PracticesError, RefusedError
from ..models import Practice
from ..models.sections import ADAPTED
from ..writing.drafts import save_draft


def refusal_to_adapt(practice: Practice, by) -> str:
    """Return the reason the person can't adapt the practice; empty if they can."""
    if not practice.live:
        return _("This practice is no longer on the site, so you can’t adapt it.")
    return refusal_to_contribute(by)


@transaction.atomic
def adapt(*, practice: Practice, by, school_id: int | None = None) -> Practice:
    """Create a draft adaptation for one of the person's schools, or return the existing one.

    Idempotent until the draft is published. Raises RefusedError, or PracticesError if the person writes for several
    schools and named none.
    """
    row = Practice.objects.select_for_update().get(pk=practice.pk)
    if reason := refusal_to_adapt(row, by):
        raise RefusedError(reason)
    begun = Practice.objects.authored_by(by).filter(adapted_from=row, first_published_at=None).first()
    if begun:
        return begun
    draft = Practice(
        author=by,
        school_id=_school_for(by, school_id),
        adapted_from=row,
        **{name: getattr(row, name) for name in ADAPTED},
    )
    return save_draft(practice=draft, by=by)


def _school_for(by, school_id: int | None) -> int:
    own = access_of(by).contributing_school_ids
    if school_id is None and len(own) == 1:
        return own[0]
    if school_id is None:
        raise PracticesError(_("Choose the school you write for."))
    if school_id not in own:
        raise RefusedError(_("You don’t write for this school."))
    return school_id
