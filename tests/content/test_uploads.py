"""Uploads: what is accepted, and what is kept of it."""

import contextlib
import io
import random
import struct
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngImageFile

from content import uploads
from content.forms import DocumentForm, ImageForm
from content.models import SiteDocument, SiteImage
from content.uploads import check_batch, clean_document, clean_image, store_document, store_image, used_by

from ..factories import UserFactory


def picture(kind="PNG", size=(40, 30), mode="RGB", **options) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, "teal" if mode != "P" else 1).save(buffer, kind, **options)
    return buffer.getvalue()


def upload(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def office(*members: str, content: bytes = b"<x/>", **extra: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            archive.writestr(member, content)
        for member, data in extra.items():
            archive.writestr(member, data)
    return buffer.getvalue()


def png_header(width: int, height: int) -> bytes:
    """Return a PNG that claims this size and has hardly any pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("kind", "name", "becomes"),
    [("PNG", "a.png", "PNG"), ("JPEG", "a.JPG", "JPEG"), ("WEBP", "a.webp", "WEBP"), ("HEIF", "a.heic", "JPEG")],
)
def test_pictures_are_encoded_anew_under_a_name_of_ours(kind, name, becomes):
    cleaned = clean_image(upload(picture(kind), name))
    again = Image.open(io.BytesIO(cleaned.read()))
    assert (again.format, again.size) == (becomes, (40, 30))
    assert cleaned.name.rpartition(".")[0] != "a"


@pytest.mark.parametrize("mode", ["P", "L", "LA", "RGBA", "I;16"])
def test_every_mode_of_pixels_survives(mode):
    assert Image.open(clean_image(upload(picture(mode=mode) if mode != "I;16" else _sixteen(), "a.png"))).size == (
        40,
        30,
    )


def _sixteen() -> bytes:
    buffer = io.BytesIO()
    Image.new("I;16", (40, 30)).save(buffer, "PNG")
    return buffer.getvalue()


def test_places_and_cameras_are_removed_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # stored rotated
    exif[0x010F] = "CAMERA-NEEDLE"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (41.0, 0.0, 54.0)
    data = picture("JPEG", exif=exif, comment=b"COMMENT-NEEDLE")
    assert b"CAMERA-NEEDLE" in data
    cleaned = clean_image(upload(data, "a.jpg")).read()
    again = Image.open(io.BytesIO(cleaned))
    assert again.size == (30, 40)
    assert dict(again.getexif()) == {}
    assert b"NEEDLE" not in cleaned


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"<svg onload=alert(1)>", "a.svg", "can’t upload files of this type"),
        (picture("GIF"), "a.gif", "can’t upload files of this type"),
        (b"<script>", "a.html", "can’t upload files of this type"),
        (picture(), "a", "can’t upload files of this type"),
        (b"%PDF-1.7", "renamed.png", "can’t read this picture"),
        (b"<svg onload=alert(1)>", "renamed.png", "can’t read this picture"),
        (picture("GIF"), "renamed.png", "can’t read this picture"),
        (picture()[:60], "cut.png", "can’t read this picture"),
        (picture("JPEG", size=(400, 400))[:900], "cut.jpg", "can’t read this picture"),
        (b"", "empty.png", "can’t read this picture"),
        (png_header(11000, 11000), "bomb.png", "more than 25 megapixels"),
        (png_header(5001, 5000), "large.png", "more than 25 megapixels"),
        (png_header(100_000, 100_000), "bomb.png", "picture"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(data, name, sentence):
    with pytest.raises(ValidationError, match=sentence):
        clean_image(upload(data, name))


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "HEIF"])
def test_a_damaged_picture_is_read_or_refused_in_words(kind):
    chance = random.Random(7)
    exif = Image.Exif()
    exif[0x0112] = 6
    whole = picture(kind, size=(64, 48), exif=exif)
    for _round in range(60):
        data = bytearray(whole)
        for _flip in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        # Any other exception fails the test.
        with contextlib.suppress(ValidationError):
            clean_image(upload(bytes(data), "a.png"))


@pytest.mark.parametrize("error", [TypeError, struct.error, AttributeError, EOFError, RuntimeError, KeyError])
@pytest.mark.parametrize("step", [(Image, "open"), (PngImageFile, "load"), (ImageOps, "exif_transpose")])
def test_whatever_a_decoder_raises_is_a_refusal(monkeypatch, error, step):
    def fail(*args, **options):
        raise error("inside a decoder")

    data = picture()
    monkeypatch.setattr(*step, fail)
    with pytest.raises(ValidationError, match="can’t read this picture"):
        clean_image(upload(data, "a.png"))


def test_a_picture_of_too_many_bytes_is_not_even_opened(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_IMAGE_BYTES", 50)
    with pytest.raises(ValidationError, match="larger than 50"):
        clean_image(upload(picture(), "a.png"))


@pytest.mark.django_db
def test_nobody_sends_more_files_than_anybody_chooses(settings):
    settings.ACCOUNT_RATE_LIMITS = {"upload": "3/m/user"}
    one, another = UserFactory(), UserFactory()
    files = [upload(b"", "a.pdf"), upload(b"", "b.pdf")]
    check_batch(files=files, by=one)
    with pytest.raises(ValidationError, match="You’ve sent a lot in a short time"):
        check_batch(files=files, by=one)
    check_batch(files=files, by=another)


@pytest.mark.django_db
def test_only_what_would_be_decoded_counts_towards_the_megapixels(monkeypatch):
    monkeypatch.setattr(uploads, "BATCH_PIXELS", 2400)
    two = [upload(picture(), "a.png"), upload(picture("HEIF"), "b.heic")]
    refused_later = [
        upload(b"%PDF-1.7", "a.pdf"),
        upload(b"\xff\xd8nothing", "a.jpg"),
        upload(png_header(11000, 11000), "b.png"),
    ]
    check_batch(files=two + refused_later, by=UserFactory())
    with pytest.raises(ValidationError, match="Together, the pictures have more than 0 megapixels"):
        check_batch(files=[*two, upload(picture(size=(1, 1)), "c.png")], by=UserFactory())


WORD = ("[Content_Types].xml", "word/document.xml")
ODT = {"mimetype": uploads.ODT_TYPE}


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n%%EOF", "a.pdf"),
        (office(*WORD), "a.docx"),
        (office("ppt/presentation.xml"), "a.PPTX"),
        (office("xl/workbook.xml"), "a.xlsx"),
        (office("content.xml", **ODT), "a.odt"),
    ],
)
def test_documents_keep_their_bytes_and_lose_their_name(data, name):
    cleaned = clean_document(upload(data, f"<img src=x onerror=alert(1)>{name}"))
    assert cleaned.read() == data
    assert cleaned.name.replace(".", "").isalnum()


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (office(*WORD), "a.docm", "can’t upload files of this type"),
        (b"x", "a.exe", "can’t upload files of this type"),
        (b"x", "a.pdf.html", "can’t upload files of this type"),
        (b"<html>", "a.pdf", "isn’t a PDF"),
        (b"%PDF-1.7", "a.docx", "contents don’t match its extension"),
        (office(*WORD), "a.xlsx", "contents don’t match its extension"),
        (office("content.xml"), "a.odt", "contents don’t match its extension"),
        (office("content.xml", mimetype=b"application/x"), "a.odt", "contents don’t match its extension"),
        (office(*WORD)[:-40], "cut.docx", "contents don’t match its extension"),
        (office(*WORD, "word/vbaProject.bin"), "a.docx", "macros"),
        (office("Basic/Standard/Module1.xml", **ODT), "a.odt", "macros"),
        (office(*WORD, content=b"0" * (101 * 1024 * 1024)), "bomb.docx", "too large when unpacked"),
    ],
)
def test_what_is_no_document_is_refused_in_words(data, name, sentence):
    with pytest.raises(ValidationError, match=sentence):
        clean_document(upload(data, name))


def odt(method: int = zipfile.ZIP_DEFLATED) -> bytearray:
    """Return an .odt whose first member states its type."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", uploads.ODT_TYPE, method)
        archive.writestr("content.xml", b"<x/>")
    return bytearray(buffer.getvalue())


def _encrypted(data: bytearray) -> None:
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1


def _unknown_method(data: bytearray) -> None:
    data[8] = data[data.index(b"PK\x01\x02") + 10] = 99


def _broken_stream(data: bytearray) -> None:
    data[38] = 0xFF  # the first byte after a header of 30 bytes and a name of 8


def _wrong_checksum(data: bytearray) -> None:
    data[data.index(b"PK\x01\x02") + 16] ^= 1


@pytest.mark.parametrize(
    ("damage", "error"),
    [
        (_encrypted, RuntimeError),
        (_unknown_method, NotImplementedError),
        (_broken_stream, zlib.error),
        (_wrong_checksum, zipfile.BadZipFile),
    ],
)
def test_a_document_whose_kind_cannot_be_unpacked_is_refused_in_words(damage, error):
    data = odt()
    assert clean_document(upload(bytes(data), "a.odt")).size == len(data)
    damage(data)
    with pytest.raises(ValidationError, match="contents don’t match its extension") as refused:
        clean_document(upload(bytes(data), "a.odt"))
    assert type(refused.value.__cause__) is error


def test_a_document_of_too_many_bytes(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_DOCUMENT_BYTES", 5)
    with pytest.raises(ValidationError, match="larger than 5"):
        clean_document(upload(b"%PDF-1.7", "a.pdf"))


@pytest.mark.django_db
class TestStoring:
    def test_names_tell_nothing_and_the_person_is_remembered(self):
        person = UserFactory()
        image = store_image(file=upload(picture(), "../../<b>.png"), title="T" * 300, by=person)
        document = store_document(file=upload(b"%PDF-1.7", "x.pdf"), title="Sheet", by=person)
        assert image.file.name.startswith("original_images/")
        assert document.file.name.startswith("documents/")
        assert "<" not in image.file.name
        assert (image.uploaded_by_user, document.uploaded_by_user) == (person, person)
        assert (image.width, image.height, len(image.title)) == (40, 30, 255)
        assert used_by(person) == image.file.size + document.file.size

    def test_a_cleaned_file_is_kept_as_it_is(self, monkeypatch):
        person = UserFactory()
        clean = clean_image(upload(picture(), "a.png")), clean_document(upload(b"%PDF-1.7", "x.pdf"))
        monkeypatch.setattr(uploads, "_bytes_of", lambda file: pytest.fail("cleaned twice"))
        image = store_image(file=clean[0], title="A", by=person)
        paper = store_document(file=clean[1], title="B", by=person)
        assert (image.width, paper.file.read()) == (40, b"%PDF-1.7")

    def test_everybody_has_so_much_and_no_more(self, monkeypatch):
        person, other = UserFactory(), UserFactory()
        store_document(file=upload(b"%PDF-1.7", "x.pdf"), title="Sheet", by=person)
        monkeypatch.setattr(uploads, "QUOTA_BYTES", 10)
        for store, file in ((store_document, upload(b"%PDF-1.7", "x.pdf")), (store_image, upload(picture(), "a.png"))):
            with pytest.raises(ValidationError, match="of your storage"):
                store(file=file, title="More", by=person)
        assert store_document(file=upload(b"%PDF-1.7", "x.pdf"), title="Mine", by=other)

    def test_the_admin_cleans_the_same_way(self, settings):
        from wagtail.documents.forms import get_document_form
        from wagtail.images.forms import get_image_form

        assert issubclass(get_image_form(SiteImage), ImageForm)
        assert issubclass(get_document_form(SiteDocument), DocumentForm)
        operator = UserFactory(is_superuser=True)
        exif = Image.Exif()
        exif[0x010F] = "CAMERA-NEEDLE"
        from wagtail.models import Collection

        root = Collection.get_first_root_node().pk
        image_form = get_image_form(SiteImage)(
            {"title": "A", "collection": root, "description": "", "tags": "", "focal_point_x": "", "focal_point_y": "",
             "focal_point_width": "", "focal_point_height": ""},
            {"file": upload(picture("JPEG", exif=exif), "a.jpg")},
            instance=SiteImage(uploaded_by_user=operator), user=operator,
        )  # fmt: skip
        assert image_form.is_valid(), image_form.errors
        assert b"NEEDLE" not in image_form.save().file.open().read()
        for form, name, data in (
            (get_image_form(SiteImage), "a.png", b"%PDF-1.7"),
            (get_document_form(SiteDocument), "a.docx", b"%PDF-1.7"),
        ):
            refused = form({"title": "A", "collection": root}, {"file": upload(data, name)}, user=operator)
            assert "file" in refused.errors
