"""Parse a Word document into the fields of a practice by its headings. Nothing is stored here."""

import io
import re
import zipfile
from dataclasses import dataclass, field

import mammoth
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _

from content.html import clean, refusal_of, text_of
from content.search import fold
from content.uploads import clean_document

from ..models import Practice
from .file_forms import MAX_PICTURES
from .headings import field_of

# A long text with tables takes about 1 MB. The limit guards against decompression bombs.
MAX_PART_BYTES = 8 * 1024 * 1024
MAX_PICTURE_BYTES = 10 * 1024 * 1024
STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p.subtitle:fresh"
_HEADING = re.compile(r"<h[1-6][^>]*>.*?</h[1-6]>|<p><strong>[^<]{2,80}</strong></p>", re.DOTALL)
_ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "image/jpg": ".jpg", "image/webp": ".webp"}


@dataclass
class Draft:
    """A practice parsed from a document: its fields, pictures with alternative text, and where each heading went."""

    title: str = ""
    summary: str = ""
    tools: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    pictures: list[tuple[UploadedFile, str]] = field(default_factory=list)
    left_out: int = 0
    # (heading, field that received its text, whether the heading was recognised)
    landed: list[tuple[str, str, bool]] = field(default_factory=list)


def read_document(file: UploadedFile) -> Draft:
    """Parse a .docx of at most 20 MB. Raises ValidationError, with a message for the user, for other files, macros,
    parts too large when unpacked and texts longer than a practice allows."""
    if not file.name.lower().endswith(".docx"):
        raise ValidationError(_("Choose a Word document with a name ending in .docx."))
    data = clean_document(file).read()
    _check_parts(data)
    draft = Draft()

    def keep_picture(image: mammoth.documents.Image) -> dict[str, str]:
        _keep_picture(draft, image)
        return {"src": ""}

    try:
        html = mammoth.convert_to_html(
            io.BytesIO(data), style_map=STYLES, convert_image=mammoth.images.img_element(keep_picture)
        ).value
    # A damaged document, even one Word can repair, may raise anything in the parser.
    except Exception as error:
        raise ValidationError(_("We can’t read this document. Save it again in Word and try once more.")) from error
    _sort_out(draft, _without_tables(html))
    return draft


def _check_parts(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            if not member.filename.endswith((".xml", ".rels")):
                continue
            if member.file_size > MAX_PART_BYTES:
                raise ValidationError(
                    _("The document is too large when unpacked. Save it again with smaller pictures.")
                )
            if b"<!DOCTYPE" in archive.read(member):
                raise ValidationError(_("The file’s contents don’t match its extension."))


def _keep_picture(draft: Draft, image: mammoth.documents.Image) -> None:
    ending = _ENDINGS.get(image.content_type)
    if ending is None or len(draft.pictures) >= MAX_PICTURES:
        draft.left_out += 1
        return
    with image.open() as opened:
        content = opened.read(MAX_PICTURE_BYTES + 1)
    picture = SimpleUploadedFile(f"picture{ending}", content, image.content_type)
    draft.pictures.append((picture, (image.alt_text or "")[:250]))


def _without_tables(html: str) -> str:
    html = re.sub(r"</t[dh]>\s*<t[dh][^>]*>", " · ", html)
    html = re.sub(r"</?p>(?=[^<]*( · |</t[dh]>))", "", html)
    return re.sub(
        r"</?(?:table|thead|tbody|tr|td|th)[^>]*>", "\n\n", html.replace("<tr>", "<p>").replace("</tr>", "</p>")
    )


def _sort_out(draft: Draft, html: str) -> None:
    parts: dict[str, list[str]] = {}
    current, first = "context", True
    position = 0
    for heading in [*_HEADING.finditer(html), None]:
        between = html[position : heading.start() if heading else len(html)]
        parts.setdefault(current, []).append(between)
        if heading is None:
            break
        position, words = heading.end(), text_of(heading[0])
        known = field_of(words)
        is_bold_line = heading[0].startswith("<p>")
        if known:
            current = known
            draft.landed.append((words, known, True))
        elif first and not is_bold_line and not draft.title:
            draft.title = words[:200]
            draft.landed.append((words, "title", True))
        elif is_bold_line:
            parts.setdefault(current, []).append(heading[0])
        else:
            # Keep unrecognised sections in place, with their heading.
            current = current if current in Practice.TEXTS else "context"
            parts.setdefault(current, []).append(f"<h3>{heading[0][4:-5]}</h3>")
            draft.landed.append((words, current, False))
        first = first and not text_of(between)
    if not any(known and name in Practice.TEXTS for _words, name, known in draft.landed):
        # Without any recognised heading, treat the text as the steps.
        parts["steps"] = parts.pop("context", [])
        draft.landed = [(words, "steps" if name == "context" else name, known) for words, name, known in draft.landed]
    _fill(draft, {name: "".join(pieces) for name, pieces in parts.items()})


def _fill(draft: Draft, parts: dict[str, str]) -> None:
    if title := text_of(parts.pop("title", "")):
        draft.title = title[:200]
    summary = text_of(parts.get("summary", ""))
    if len(summary) <= 300:
        draft.summary = summary
        parts.pop("summary", None)
    elif summary:
        # Too long for a summary: put it before the context instead of truncating it.
        parts["context"] = parts.pop("summary") + parts.get("context", "")
        draft.landed = [(words, "context" if name == "summary" else name, known) for words, name, known in draft.landed]
    tools = [word.strip(" ·-•") for word in re.split(r"[,;\n]|</li>|</p>|<br */>", parts.pop("tools", ""))]
    draft.tools = ", ".join([text_of(word)[:60] for word in tools if text_of(word)][:20])
    for name, html in parts.items():
        if refusal := refusal_of(html):
            raise ValidationError(refusal)
        draft.texts[name] = clean(html)


def words_in(draft: Draft) -> dict[str, int]:
    """Count the words in each field."""
    return {name: len(fold(text_of(html)).split()) for name, html in draft.texts.items() if html}
