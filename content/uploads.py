"""Validate and store uploads: a few file types, recognised by content rather than by name."""

import io
import secrets
import warnings
import zipfile
from pathlib import PurePath

from allauth.core.ratelimit import consume
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

from .collections import members_uploads
from .models import SiteDocument, SiteImage

MAX_IMAGE_BYTES = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
MAX_PIXELS = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
MAX_DOCUMENT_BYTES = 20 * 1024 * 1024
MAX_UNZIPPED_BYTES = 200 * 1024 * 1024
MAX_MEMBERS = 5000
# Storage quota per person.
QUOTA_BYTES = 300 * 1024 * 1024
# Total decoded pixels per request: about twelve phone pictures.
BATCH_PIXELS = 150_000_000

# Formats Pillow may read, with the format each is saved as.
IMAGE_KINDS = {
    "JPEG": ("JPEG", ".jpg", {"quality": 88}),
    "PNG": ("PNG", ".png", {}),
    "WEBP": ("WEBP", ".webp", {"quality": 88}),
    # Phones write HEIC, but browsers can't show it.
    "HEIF": ("JPEG", ".jpg", {"quality": 88}),
}
register_heif_opener()
# The archive member that identifies each office format.
OFFICE_MEMBERS = {".docx": "word/document.xml", ".pptx": "ppt/presentation.xml", ".xlsx": "xl/workbook.xml"}
ODT_TYPE = b"application/vnd.oasis.opendocument.text"


class CleanFile(SimpleUploadedFile):
    """A file that was already cleaned. Cleaning it again would cost time and quality."""


def clean_image(file: UploadedFile) -> UploadedFile:
    """Re-encode the picture: upright, without metadata, under a random name.

    Raises ValidationError for anything other than a JPEG, PNG, WebP or HEIC of at most 10 MB and 25 megapixels.
    """
    if isinstance(file, CleanFile):
        return file
    _check_ending(file, settings.WAGTAILIMAGES_EXTENSIONS)
    if file.size > MAX_IMAGE_BYTES:
        raise ValidationError(_("The picture is larger than %(size)s."), params=_size(MAX_IMAGE_BYTES))
    data = _bytes_of(file)
    kind, picture = _decoded(data)
    kind, ending, options = IMAGE_KINDS[kind]
    if picture.mode not in ("RGB", "RGBA", "L"):
        picture = picture.convert("RGBA" if "transparency" in picture.info or "A" in picture.getbands() else "RGB")
    # A new image copies the pixels and drops everything else.
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    if kind == "JPEG":
        bare = bare.convert("RGB")
    out = io.BytesIO()
    bare.save(out, kind, **options)
    return CleanFile(secrets.token_hex(8) + ending, out.getvalue(), Image.MIME[kind])


def _decoded(data: bytes) -> tuple[str, Image.Image]:
    unreadable = ValidationError(_("We can’t read this picture. Use JPEG, PNG, WebP or HEIC."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            # Opening reads only the header, so the size is known before any pixel is decoded.
            picture = Image.open(io.BytesIO(data), formats=list(IMAGE_KINDS))
    except Image.DecompressionBombWarning as bomb:
        raise _too_many_pixels() from bomb
    # Decoders raise all kinds of exceptions on untrusted input: TypeError, struct.error, EOFError.
    except Exception as error:
        raise unreadable from error
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_many_pixels()
    try:
        picture.load()
        return picture.format, ImageOps.exif_transpose(picture)
    # As above: untrusted input can raise anything.
    except Exception as error:
        raise unreadable from error


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("The picture has more than %(number)d megapixels. Reduce its size first."),
        params={"number": MAX_PIXELS // 1_000_000},
    )


def clean_document(file: UploadedFile) -> UploadedFile:
    """Return the document under a random name.

    Raises ValidationError for anything other than a PDF or a macro-free office file of at most 20 MB that unpacks to a
    reasonable size.
    """
    if isinstance(file, CleanFile):
        return file
    ending = _check_ending(file, settings.WAGTAILDOCS_EXTENSIONS)
    if file.size > MAX_DOCUMENT_BYTES:
        raise ValidationError(_("The document is larger than %(size)s."), params=_size(MAX_DOCUMENT_BYTES))
    data = _bytes_of(file)
    if ending == ".pdf":
        if not data.startswith(b"%PDF-"):
            raise ValidationError(_("This isn’t a PDF document, although its name says it is."))
    else:
        _check_office(data, ending)
    return CleanFile(secrets.token_hex(8) + ending, data, "application/octet-stream")


def _check_office(data: bytes, ending: str) -> None:
    wrong = ValidationError(_("The file’s contents don’t match its extension."))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = {member.filename: member for member in archive.infolist()}
        kind = members.get("mimetype")
        # zipfile never unpacks more of a member than the size declared here.
        told = archive.read(kind) if ending == ".odt" and kind and kind.file_size <= 200 else b""
    # Damaged or encrypted members raise RuntimeError, zlib.error and others.
    except Exception as error:
        raise wrong from error
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members.values()) > MAX_UNZIPPED_BYTES:
        raise ValidationError(_("The document is too large when unpacked. Save it again with smaller pictures."))
    if any("vbaproject" in name.lower() or name.lower().startswith(("basic/", "scripts/")) for name in members):
        raise ValidationError(_("The document contains macros. Save it without them."))
    if ending == ".odt":
        if told != ODT_TYPE:
            raise wrong
    elif OFFICE_MEMBERS[ending] not in members:
        raise wrong


def _check_ending(file: UploadedFile, allowed: list[str]) -> str:
    ending = PurePath(file.name).suffix.lower()
    if ending.lstrip(".") not in allowed:
        raise ValidationError(
            _("You can’t upload files of this type. You can upload: %(kinds)s."), params={"kinds": ", ".join(allowed)}
        )
    return ending


def _bytes_of(file: UploadedFile) -> bytes:
    file.seek(0)
    return file.read()


def _size(number: int) -> dict[str, str]:
    return {"size": filesizeformat(number)}


def used_by(person) -> int:
    """Return the bytes a person's images and documents use."""
    return sum(
        model.objects.filter(uploaded_by_user=person).aggregate(used=Sum("file_size"))["used"] or 0
        for model in (SiteImage, SiteDocument)
    )


def _check_quota(person, more: int) -> None:
    if used_by(person) + more > QUOTA_BYTES:
        raise ValidationError(_("You’ve used all %(size)s of your storage."), params=_size(QUOTA_BYTES))


def check_batch(*, files: list[UploadedFile], by) -> None:
    """Check files uploaded together, before any of them is decoded.

    Raises ValidationError if the person exceeds the upload rate limit (ACCOUNT_RATE_LIMITS), the remaining quota, or
    the megapixels allowed per request. Problems in single files are left to `clean_image` and `clean_document`.
    """
    if not files:
        return
    # The limit counts per person, so an empty request will do.
    if not all(consume(HttpRequest(), action="upload", user=by) for _file in files):
        raise ValidationError(
            _("You’ve sent a lot in a short time. Your text is safe. Wait a little, then send it again.")
        )
    _check_quota(by, sum(file.size for file in files))
    if sum(_claimed_pixels(file) for file in files) > BATCH_PIXELS:
        raise ValidationError(
            _("Together, the pictures have more than %(number)d megapixels. Upload a few at a time."),
            params={"number": BATCH_PIXELS // 1_000_000},
        )


def _claimed_pixels(file: UploadedFile) -> int:
    """Return the pixels that cleaning the file would decode; 0 if its header or size is rejected."""
    if file.size > MAX_IMAGE_BYTES:
        return 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            width, height = Image.open(io.BytesIO(_bytes_of(file)), formats=list(IMAGE_KINDS)).size
    # As in `_decoded`; documents are not images either.
    except Exception:
        return 0
    return width * height if width * height <= MAX_PIXELS else 0


def _store(kept: SiteImage | SiteDocument, file: UploadedFile, by) -> None:
    # Keep the transaction minimal: on SQLite it blocks every other writer.
    with transaction.atomic():
        _check_quota(by, file.size)
        kept.file, kept.file_size, kept.uploaded_by_user = file, file.size, by
        kept.collection = members_uploads()
        kept.save()


def store_image(*, file: UploadedFile, title: str, by) -> SiteImage:
    """Clean a picture and store it for the person; private until something public shows it.

    A file already cleaned by `clean_image` is not cleaned again. Raises ValidationError, also if the quota is used up.
    """
    image = SiteImage(title=title[:255])
    _store(image, clean_image(file), by)
    return image


def store_document(*, file: UploadedFile, title: str, by) -> SiteDocument:
    """Clean a document and store it for the person, as `store_image` does. Raises ValidationError."""
    document = SiteDocument(title=title[:255])
    _store(document, clean_document(file), by)
    return document
