"""The fields that authors fill in, by section of the form. Every other list of them is derived from here."""

from dataclasses import dataclass

from content.consent import FIELDS as CONSENT_FIELDS


@dataclass(frozen=True)
class Field:
    """A field that authors fill in."""

    name: str
    # Members' HTML.
    rich: bool = False
    # Required before the practice can be submitted; see `Written.missing`.
    needed: bool = False
    # Copied into an adaptation. Results, evidence and failures are the adapting school's own.
    adapted: bool = False
    # Part of what readers see, so versions are compared by it.
    read: bool = True
    # Typed in the form, instead of derived from the pictures.
    typed: bool = True


SECTIONS = {
    "what": (
        Field("school", read=False),
        Field("title", needed=True, adapted=True),
        Field("summary", needed=True, adapted=True),
        Field("language", adapted=True),
        Field("pillars", needed=True, adapted=True),
        Field("levels", needed=True, adapted=True),
        Field("age_min", adapted=True),
        Field("age_max", adapted=True),
        Field("subjects", adapted=True),
        Field("competences", adapted=True),
    ),
    "how": (
        Field("context", rich=True, needed=True),
        Field("steps", rich=True, needed=True, adapted=True),
        Field("duration", adapted=True),
        Field("tools", adapted=True),
        Field("activity_languages", adapted=True),
        Field("countries"),
    ),
    "results": (
        Field("results", rich=True, needed=True),
        Field("evidence_strength", needed=True),
        Field("did_not_work", rich=True),
        Field("conditions", rich=True, adapted=True),
    ),
    "files": (Field("cover", typed=False), Field("cover_alt")),
    "sharing": (Field("licence", adapted=True), Field("public_wished")),
}
# The rows of the section "files", with their fields.
PARTS = {"images": ("image", "alt", *CONSENT_FIELDS), "attachments": ("document", "title")}

_ALL = [field for fields in SECTIONS.values() for field in fields]
TEXTS = [field.name for field in _ALL if field.rich]
NEEDED = [field.name for field in _ALL if field.needed]
ADAPTED = [field.name for field in _ALL if field.adapted]
READ = [field.name for field in _ALL if field.read]


def typed_in(section: str) -> tuple[str, ...]:
    """Return the names of the fields typed in a section, in the order of the form."""
    return tuple(field.name for field in SECTIONS[section] if field.typed)
