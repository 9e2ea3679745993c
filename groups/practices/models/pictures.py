"""What a practice shows of its pictures."""

from django.utils.functional import cached_property

from content.models import SiteDocument, SiteImage

from ..picture_sizes import CARD, WIDE
from .files import PracticeImage


class Pictured:
    """A practice with a cover, pictures and documents; pictures without a running consent are for its authors alone."""

    def shows(self, file: SiteImage | SiteDocument) -> bool:
        """Whether this version has the picture or document in it."""
        if isinstance(file, SiteDocument):
            return any(row.document_id == file.pk for row in self.attachments.all())
        return file.pk in {self.cover_id, *(row.image_id for row in self.images.all())}

    def shown_images(self) -> list[PracticeImage]:
        """The pictures that readers see, in order."""
        return [image for image in self.images.all() if not image.lacks_consent]

    @cached_property
    def cover_lacks_consent(self) -> bool:
        """Whether the cover is a picture that readers may not see; `for_list` reads it for many at once."""
        return any(image.image_id == self.cover_id and image.lacks_consent for image in self.images.all())

    def card_picture(self) -> dict[str, object] | None:
        """The cover in the size of a card, for components/card.html."""
        return self._picture(CARD)

    def wide_picture(self) -> dict[str, object] | None:
        """The cover in the size of the practice's own page."""
        return self._picture(WIDE)

    def _picture(self, size: str) -> dict[str, object] | None:
        if self.cover is None or self.cover_lacks_consent:
            return None
        rendition = self.cover.get_rendition(size)
        return {"url": rendition.url, "width": rendition.width, "height": rendition.height, "alt": self.cover_alt}
