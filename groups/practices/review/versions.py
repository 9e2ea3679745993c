"""Word-by-word diff of what readers see in two versions of a practice."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Revision, TaskState

from content.html import clean

from ..models import Practice
from ..models.sections import PARTS, READ

# Longest changed passage compared word by word, in characters.
WORD_BY_WORD = 20_000
ANSWERS = [TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED]


def _shown(content: dict) -> dict:
    # The rest of a revision is keys, dates and flags.
    files = {name: [[row.get(key) for key in keys] for row in content.get(name, [])] for name, keys in PARTS.items()}
    return {name: content.get(name) for name in READ} | files


def same_text(one: Revision, other: Revision) -> bool:
    """Return True if readers would see no difference."""
    return _shown(one.content) == _shown(other.content)


def version_before(practice: Practice) -> Revision | None:
    """Return the version to compare the latest one with: the one last sent back or declined, unless it was approved
    since, else the published one; None for a first version."""
    answers = TaskState.objects.for_instance(practice).filter(status__in=ANSWERS).select_related("revision")
    last = answers.order_by("-finished_at", "-pk").first()
    if last and last.status == TaskState.STATUS_REJECTED:
        return last.revision
    return practice.live_revision if practice.live else None


def unchanged_since_the_last_answer(practice: Practice) -> bool:
    """Return True if the latest version equals the one last sent back, declined or published."""
    before = version_before(practice)
    return before is not None and same_text(before, practice.latest_revision)


@dataclass(frozen=True)
class Change:
    """A field that differs, as HTML with <ins> and <del>."""

    label: str
    html: SafeString


def changes_between(before: Practice, after: Practice) -> list[Change]:
    """Return the visible fields that differ, in display order."""
    one, other = _as_texts(before), _as_texts(after)
    return [Change(capfirst(label), marked(one[label], text)) for label, text in other.items() if one[label] != text]


def _as_texts(practice: Practice) -> dict[str, str]:
    """Map labels to texts, with one line per paragraph, item, picture or fact."""
    texts = {_name_of("title"): practice.title, _name_of("summary"): practice.summary}
    texts |= {_name_of(name): lines_of(getattr(practice, name)) for name in Practice.TEXTS}
    texts[_name_of("evidence_strength")] = str(practice.get_evidence_strength_display())
    texts[_name_of("pillars")] = "\n".join(map(str, practice.get_pillars_labels()))
    texts[_("facts")] = "\n".join(f"{label}: {value}" for label, value in practice.facts())
    texts[_name_of("licence")] = str(practice.get_licence_display())
    texts[_name_of("cover")] = _("Picture %(number)d: %(words)s") % {
        "number": practice.cover_id or 0,
        "words": practice.cover_alt,
    }
    texts[_("pictures")] = "\n".join(map(_picture, practice.images.all()))
    texts[_("attachments")] = "\n".join(f"{row.title} ({row.document_id})" for row in practice.attachments.all())
    texts[_name_of("public_wished")] = _("yes") if practice.public_wished else _("no")
    return texts


def _name_of(field: str) -> str:
    return str(Practice._meta.get_field(field).verbose_name)


def _picture(row) -> str:
    words = _("Picture %(number)d: %(words)s") % {"number": row.image_id, "words": row.alt}
    if not row.shows_pupils:
        return words
    consent = _("shows pupils; consent held by %(holder)s until %(date)s")
    return f"{words} ({consent % {'holder': row.consent_holder or '–', 'date': row.consent_until or '–'}})"


def lines_of(html: str) -> str:
    """Convert rich text to plain text, with one line per paragraph, heading and list item."""
    broken = re.sub(r"(?i)<li[^>]*>", "• ", re.sub(r"(?i)<(?:br|/p|/li|/h[1-6]|/blockquote)[^>]*>", "\n", clean(html)))
    text = unescape(re.sub(r"<[^>]+>", "", broken))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip(" •\t"))


def marked(before: str, after: str) -> SafeString:
    """Return the escaped text with removals in <del> and additions in <ins>."""
    found = []
    for kind, out, new in _steps(before.splitlines(keepends=True), after.splitlines(keepends=True)):
        if kind == "equal" or len(out) + len(new) > WORD_BY_WORD:
            found.append(_as_html(kind, out, new))
        else:
            found += [_as_html(*step) for step in _steps(_words(out), _words(new))]
    return mark_safe("".join(found).replace("\n", "<br>"))  # noqa: S308 every piece is escaped


def _steps(one: list[str], other: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the diff opcodes with their text. Diff lines before words: a word diff of two long texts takes minutes."""
    for kind, a, b, c, d in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        yield kind, "".join(one[a:b]), "".join(other[c:d])


def _words(text: str) -> list[str]:
    """Split into words with their trailing space; joined, they give the text."""
    return re.findall(r"\s+|\S+\s?", text)


def _as_html(kind: str, out: str, new: str) -> str:
    if kind == "equal":
        return escape(new)
    return (f"<del>{escape(out)}</del>" if out else "") + (f"<ins>{escape(new)}</ins>" if new else "")
