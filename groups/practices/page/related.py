"""Related practices, with the reason for each."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from content.search import words_of
from content.taxonomy import Pillar, Subject

from ..finding.index import INDEX
from ..models import Practice

SHOWN = 4
CANDIDATES = 40
# Minimum length of a significant word: shorter ones match every text.
TELLING = 5


@dataclass(frozen=True)
class Related:
    """A related practice, with a description of what it has in common with the current one."""

    practice: Practice
    why: str


def related_to(practice: Practice, user) -> list[Related]:
    """Return the most similar practices the person may read. The index preselects, so ranking takes one query."""
    proposed = _proposed(practice)
    narrow = ("title", "summary", "language", "pillars", "subjects", "age_min", "age_max", "duration", "school__name")
    rows = Practice.objects.visible_to(user).published().filter(pk__in=proposed)
    rows = list(rows.select_related("school").only(*narrow, "school__country").order_by("-pk"))
    words = {row.pk: _words(row) for row in rows}
    common = Counter(word for found in words.values() for word in found)
    own = {word for word in _words(practice) if common[word] <= max(2, len(rows) // 4)}
    scored = sorted(rows, key=lambda row: -_score(practice, row, own & words[row.pk]))
    return [Related(row, _why(practice, row, own & words[row.pk])) for row in scored[:SHOWN]]


def _proposed(practice: Practice) -> list[int]:
    """Return candidate keys: first those that share subject, pillar and age, then progressively fewer."""
    index = INDEX.lately()
    subjects = index.any_of("subject", practice.subjects)
    pillars = index.any_of("pillar", practice.pillars)
    ages = index.any_of("age", [f"{low}-{high}" for low, high in [_ages(practice)] if high])
    found: dict[int, None] = {}
    for tier in (subjects & pillars & ages, subjects & pillars, subjects & ages, subjects, pillars & ages, pillars):
        for pk in index.pks(tier):
            if len(found) >= CANDIDATES:
                return list(found)
            if pk != practice.pk:
                found[pk] = None
    return list(found)


def _ages(practice: Practice) -> tuple[int, int]:
    known = [age for age in (practice.age_min, practice.age_max) if age is not None]
    return (min(known), max(known)) if known else (0, 0)


def _shared_ages(one: Practice, other: Practice) -> tuple[int, int] | None:
    (low, high), (other_low, other_high) = _ages(one), _ages(other)
    youngest, oldest = max(low, other_low), min(high, other_high)
    return (youngest, oldest) if 0 < youngest <= oldest else None


def _words(practice: Practice) -> set[str]:
    return {word for word in words_of(f"{practice.title} {practice.summary}"[:200]) if len(word) >= TELLING}


def _score(practice: Practice, row: Practice, words: set[str]) -> int:
    subjects = len(set(practice.subjects) & set(row.subjects))
    pillars = len(set(practice.pillars) & set(row.pillars))
    return 3 * subjects + 2 * pillars + 3 * len(words) + (2 if _shared_ages(practice, row) else 0)


def _why(practice: Practice, row: Practice, words: set[str]) -> str:
    shared = [str(Subject(key).label) for key in practice.subjects if key in row.subjects][:2]
    if not shared:
        shared = [str(Pillar(key).label) for key in practice.pillars if key in row.pillars][:1]
    ages = _shared_ages(practice, row)
    if ages:
        years = f"{ages[0]}–{ages[1]}" if ages[0] != ages[1] else str(ages[0])
        shared.append(_("ages %(years)s") % {"years": years})
    # Quote the original spelling, not the folded one.
    spelled = {"".join(words_of(word)): word.strip("“”\"'.,:;!?()") for word in f"{row.title} {row.summary}".split()}
    shared += [f"“{spelled[word]}”" for word in sorted(words) if word in spelled][:1]
    return _("in common: %(what)s") % {"what": " · ".join(shared)}
