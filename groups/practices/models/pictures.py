"""Pictures that a practice shows its readers."""

from django.utils.functional import cached_property

from content.models import SiteDocument, SiteImage

from ..picture_sizes import CARD, WIDE
from .files import PracticeImage


class Pictured:
    """Mixin for a practice's cover, pictures and documents. Pictures without valid consent are for authors only."""

    def shows(self, file: SiteImage | SiteDocument) -> bool:
        """Return whether this version contains the picture or document."""
        if isinstance(file, SiteDocument):
            return any(row.document_id == file.pk for row in self.attachments.all())
        return file.pk in {self.cover_id, *(row.image_id for row in self.images.all())}

    def shown_images(self) -> list[PracticeImage]:
        """Return the pictures that readers may see, in order."""
        return [image for image in self.images.all() if not image.lacks_consent]

    @cached_property
    def cover_lacks_consent(self) -> bool:
        """True if readers may not see the cover; `for_list` annotates it."""
        return any(image.image_id == self.cover_id and image.lacks_consent for image in self.images.all())

    def card_picture(self) -> dict[str, object] | None:
        """Return the cover at card size, for components/card.html."""
        return self._picture(CARD)

    def wide_picture(self) -> dict[str, object] | None:
        """Return the cover at the size of the practice page."""
        return self._picture(WIDE)

    def _picture(self, size: str) -> dict[str, object] | None:
        if self.cover is None or self.cover_lacks_consent:
            return None
        rendition = self.cover.get_rendition(size)
        return {"url": rendition.url, "width": rendition.width, "height": rendition.height, "alt": self.cover_alt}
