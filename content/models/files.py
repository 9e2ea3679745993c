import secrets
from pathlib import PurePath

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


def random_name(filename: str) -> str:
    """Return a random stored name that reveals nothing and carries no payload; only the extension is kept."""
    return secrets.token_hex(16) + PurePath(filename).suffix.lower()


class SiteImage(AbstractImage):
    """An image, private until everything that shows it is public (see content/gate.py)."""

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        # Required by Wagtail's chooser.
        permissions = [("choose_siteimage", "Can choose image")]
        indexes = [models.Index(fields=["file"], name="image_by_file")]

    def get_upload_to(self, filename: str) -> str:
        return f"original_images/{random_name(filename)}"


class Rendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter")
        ]
        indexes = [models.Index(fields=["file"], name="rendition_by_file")]


def document_path(document: "SiteDocument", filename: str) -> str:
    return f"documents/{random_name(filename)}"


class SiteDocument(AbstractDocument):
    """A document, private until everything that links to it is public (see content/gate.py)."""

    file = models.FileField(_("file"), upload_to=document_path)

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_sitedocument", "Can choose document")]
        indexes = [models.Index(fields=["file"], name="document_by_file")]
