"""Facets of the practice list: where their values come from and how they are labelled."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from content.search import fold
from content.taxonomy import Duration, EducationLevel, EvidenceStrength, KeyCompetence, Language, Pillar, Subject

AGE_BANDS = ["3-6", "7-10", "11-14", "15-18"]
_AGES = re.compile(r"(\d{1,2})-(\d{1,2})")
# Values of the reuse facet.
TRIED, ADAPTED = "tried", "adapted"


@dataclass(frozen=True)
class Facet:
    """A facet of the practice list. `keys` returns the keys a row of `for_index` is indexed under."""

    name: str
    label: str | Promise
    keys: Callable[[dict], Iterable[str]]
    # Label of a value in the reader's language; None for an unknown one.
    title: Callable[[str], str | None]
    # Values in display order; if empty, most frequent first.
    order: tuple[str, ...] = ()
    # Number of values shown before “more”.
    shown: int = 6
    # Keys a value stands for; a row matches if it has any of them.
    asks: Callable[[str], list[str]] = lambda value: [value]


def _vocabulary(name: str, label: str | Promise, choices: type[TextChoices], column: str, **more) -> Facet:
    def title(value: str) -> str | None:
        return str(choices(value).label) if value in choices.values else None

    def keys(row: dict) -> Iterable[str]:
        stored = row[column]
        return stored if isinstance(stored, list) else filter(None, [stored])

    return Facet(name, label, keys, title, order=tuple(choices.values), **more)


def _years(row: dict) -> Iterable[str]:
    known = [age for age in (row["age_min"], row["age_max"]) if age is not None]
    return map(str, range(min(known), max(known) + 1)) if known else ()


def ages_asked(value: str) -> tuple[int, int] | None:
    """Parse an age range such as `11-14`; None for anything else."""
    match = _AGES.fullmatch(value)
    youngest, oldest = (int(match[1]), int(match[2])) if match else (1, 0)
    return (youngest, oldest) if youngest <= oldest else None


def _ages_title(value: str) -> str | None:
    ages = ages_asked(value)
    if ages is None:
        return None
    youngest, oldest = ages
    return str(youngest) if youngest == oldest else f"{youngest}–{oldest}"


def _ages_keys(value: str) -> list[str]:
    youngest, oldest = ages_asked(value)
    return [str(age) for age in range(youngest, oldest + 1)]


def _reuse(row: dict) -> Iterable[str]:
    return [key for key, number in ((TRIED, row["adoptions_count"]), (ADAPTED, row["adaptations_count"])) if number]


def _reuse_title(value: str) -> str | None:
    return {TRIED: _("Tried by another school"), ADAPTED: _("Adapted by another school")}.get(value)


def _country_title(value: str) -> str | None:
    # `countries.name` reads digits as numeric codes, and fails on non-ASCII ones.
    return countries.name(value) if value in countries.countries else None


FACETS = {
    facet.name: facet
    for facet in [
        _vocabulary("pillar", gettext_lazy("Pillar"), Pillar, "pillars"),
        Facet("age", gettext_lazy("Age of pupils"), _years, _ages_title, order=tuple(AGE_BANDS), asks=_ages_keys),
        Facet("reuse", gettext_lazy("Reused"), _reuse, _reuse_title, order=(TRIED, ADAPTED)),
        _vocabulary("language", gettext_lazy("Language of the text"), Language, "language"),
        _vocabulary("subject", gettext_lazy("Subject"), Subject, "subjects"),
        _vocabulary("level", gettext_lazy("Education level"), EducationLevel, "levels"),
        Facet("country", gettext_lazy("Country"), lambda row: [row["country"]], _country_title),
        _vocabulary("duration", gettext_lazy("Duration"), Duration, "duration"),
        _vocabulary("evidence", gettext_lazy("Type of evidence"), EvidenceStrength, "evidence_strength"),
        _vocabulary("competence", gettext_lazy("Key competence"), KeyCompetence, "competences"),
        # Case-insensitive: Padlet, padlet. The index keeps one spelling.
        Facet("tool", gettext_lazy("Tool"), lambda row: map(fold, row["tools"]), str, asks=lambda tool: [fold(tool)]),
        Facet("edition", gettext_lazy("Label edition"), lambda row: row["editions"], str),
    ]
}
