"""Start a practice from a Word document."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from community.models import School, User
from content.taxonomy import Language
from content.uploads import store_image

from ..fields import WordListFormField
from ..models import Practice, PracticeImage
from .drafts import save_draft
from .word_document import Draft


def begin_from(*, draft: Draft, by: User, school: School, token: UUID) -> tuple[Practice, int]:
    """Save a first draft from a document; return it and the number of unreadable pictures. Idempotent per token.
    Raises RefusedError as `save_draft` does."""
    earlier = Practice.objects.authored_by(by).filter(token=token).first()
    if earlier:
        return earlier, 0
    practice = Practice(author=by, school=school, token=token, title=draft.title, summary=draft.summary)
    practice.language = by.language if by.language in Language.values else Language.EN
    practice.tools = WordListFormField(required=False).to_python(draft.tools)
    for name, html in draft.texts.items():
        setattr(practice, name, html)
    images, unread = [], 0
    for file, alt in draft.pictures:
        try:
            image = store_image(file=file, title=alt or _("Picture"), by=by)
        except ValidationError:
            unread += 1
            continue
        images.append(PracticeImage(image=image, alt=alt, sort_order=len(images)))
    practice.images = images
    with transaction.atomic():
        return save_draft(practice=practice, by=by), unread
