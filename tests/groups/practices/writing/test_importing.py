"""Word import: headings and pictures go to their fields, and the rest is kept as text."""

import io
import uuid
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from groups.practices.models import Practice
from groups.practices.writing import word_document
from groups.practices.writing.headings import field_of
from groups.practices.writing.word_document import read_document

from ....factories import member
from ...factories import picture

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="{type}" Target="{target}"/></Relationships>'
)
DRAWING = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="1" name="p" descr="A river"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
    '<a:blip r:embed="rId1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
)


def paragraph(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def document(*body: str, name: str = "a.docx", **extra: bytes) -> SimpleUploadedFile:
    """Return a minimal Word document of these paragraphs, with one picture to refer to."""
    text = (
        '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        f'xmlns:r="{RELATION}"><w:body>{"".join(body)}</w:body></w:document>'
    )
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(type=f"{RELATION}/officeDocument", target="word/document.xml"),
        "word/_rels/document.xml.rels": RELATIONS.format(type=f"{RELATION}/image", target="media/p.png"),
        "word/media/p.png": picture(),
        "word/document.xml": text,
        **extra,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return SimpleUploadedFile(name, buffer.getvalue())


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Context", "context"),
        ("2. UYGULAMA SÜRECİ:", "steps"),
        ("Özet", "summary"),
        ("Karşılaşılan Zorluklar", "did_not_work"),
        ("What did not work?", "did_not_work"),
        ("What didn’t work", "did_not_work"),
        ("If you’d like to try it too", "conditions"),
        ("Kullanılan araçlar", "tools"),
        ("Our partners", None),
        ("", None),
    ],
)
def test_headings_in_both_languages(heading, field):
    assert field_of(heading) == field


def test_everything_lands_where_it_belongs():
    draft = read_document(
        document(
            paragraph("Işık haritası", "Heading1"),
            paragraph("Özet", "Heading2"),
            paragraph("Sokak lambalarını saydık."),
            paragraph("Amaç", "Heading2"),
            paragraph("Köy karanlıktı."),
            paragraph("Our partners", "Heading2"),
            paragraph("A school in Tartu."),
            paragraph("Uygulama süreci", "Heading2"),
            paragraph("Önce saydık."),
            DRAWING,
            paragraph("Araçlar", "Heading2"),
            paragraph("Kâğıt, Padlet"),
        )
    )
    assert (draft.title, draft.summary, draft.tools) == ("Işık haritası", "Sokak lambalarını saydık.", "Kâğıt, Padlet")
    assert draft.texts["context"] == "<p>Köy karanlıktı.</p><h3>Our partners</h3><p>A school in Tartu.</p>"
    assert draft.texts["steps"] == "<p>Önce saydık.</p><p></p>"
    assert [alt for _file, alt in draft.pictures] == ["A river"]
    assert ("Our partners", "context", False) in draft.landed


def test_without_headings_it_is_what_was_done():
    assert read_document(document(paragraph("First."), paragraph("Then."))).texts == {
        "steps": "<p>First.</p><p>Then.</p>"
    }


def test_a_summary_that_is_too_long_opens_the_story():
    draft = read_document(document(paragraph("Summary", "Heading1"), paragraph("word " * 100)))
    assert draft.summary == ""
    assert draft.texts["context"].count("word") == 100


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (lambda: document(paragraph("x"), name="a.pdf"), r"ending in \.docx"),
        (lambda: SimpleUploadedFile("a.docx", b"%PDF-1.7"), "don’t match its extension"),
        (lambda: document(paragraph("x"), **{"word/vbaProject.bin": b"x"}), "macros"),
        (
            lambda: document(paragraph("x"), **{"word/evil.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}),
            "don’t match its extension",
        ),
        (lambda: document("<w:p>"), "can’t read this document"),
        (lambda: document(paragraph("long " * 30_000)), "too long"),
    ],
)
def test_what_is_refused_and_why(file, sentence):
    with pytest.raises(ValidationError, match=sentence):
        read_document(file())


def test_a_part_that_fills_the_memory_is_not_parsed(monkeypatch):
    monkeypatch.setattr(word_document, "MAX_PART_BYTES", 1000)
    with pytest.raises(ValidationError, match="too large when unpacked"):
        read_document(document(paragraph("a" * 2000)))


@pytest.mark.django_db
def test_the_same_upload_twice_is_one_draft_and_its_summary_is_shown(client):
    author = member()
    client.force_login(author)
    data = {"token": str(uuid.uuid4())}
    body = (paragraph("Rivers", "Heading1"), paragraph("Steps", "Heading2"), paragraph("Measure."), DRAWING)
    for _time in range(2):
        answer = client.post("/en/practices/new/from-word/", data | {"file": document(*body)}, follow=True)
    practice = Practice.objects.get()
    assert answer.redirect_chain[-1][0] == f"/en/practices/{practice.pk}/edit/imported/"
    assert (practice.title, practice.author, practice.live) == ("Rivers", author, False)
    assert [image.alt for image in practice.images.all()] == ["A river"]
    assert "“Steps”" in answer.content.decode()


@pytest.mark.django_db
def test_a_refused_document_is_told_beside_the_field(client):
    client.force_login(member())
    data = {"token": str(uuid.uuid4()), "file": SimpleUploadedFile("a.docx", b"no zip")}
    answer = client.post("/en/practices/new/from-word/", data)
    assert answer.status_code == 422
    assert "The file’s contents don’t match its extension." in answer.content.decode()
    assert not Practice.objects.exists()
