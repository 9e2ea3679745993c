"""Facts, sections and credit shared by a practice's page, preview and export."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django_countries import countries

from community.models import display_name

from .sections import TEXTS

LICENCE_PAGES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
}


def _listed(labels: Iterable) -> str:
    return ", ".join(str(label) for label in labels)


class Described:
    """Mixin that describes a practice: facts, text sections and credit."""

    @property
    def ages(self) -> str:
        """The pupils' age range as text; empty if none was given."""
        youngest, oldest = self.age_min, self.age_max
        if youngest is not None and oldest is not None and youngest != oldest:
            return _("%(youngest)d to %(oldest)d") % {"youngest": youngest, "oldest": oldest}
        one = youngest if youngest is not None else oldest
        return "" if one is None else str(one)

    def facts(self) -> list[tuple[str, str]]:
        """Return label and value of each fact that the author filled in."""
        return [
            (label, value)
            for label, value in [
                (_("Education levels"), _listed(self.get_levels_labels())),
                (_("Age of pupils"), self.ages),
                (_("Subjects"), _listed(self.get_subjects_labels())),
                (_("Key competences"), _listed(self.get_competences_labels())),
                (_("Duration"), self.get_duration_display()),
                (_("Tools used"), _listed(self.tools)),
                (_("Countries involved"), _listed(countries.name(code) for code in self.countries)),
                (_("Languages of the activity"), _listed(self.get_activity_languages_labels())),
                (_("Language of the text"), self.get_language_display()),
            ]
            if value
        ]

    def texts(self) -> list[dict[str, str]]:
        """Return the non-empty text sections in form order."""
        titles = {
            "context": _("Context"),
            "steps": _("What we did"),
            "results": _("Results"),
            "did_not_work": _("What didn’t work"),
            "conditions": _("If you’d like to try it too"),
        }
        return [
            {"id": name.replace("_", "-"), "title": titles[name], "html": getattr(self, name)}
            for name in TEXTS
            if getattr(self, name)
        ]

    @property
    def credit(self) -> str:
        """The attribution line for reuse."""
        named = [(self.author, self.school), *((row.person, row.school) for row in self.named_co_authors)]
        return "; ".join(
            _("%(author)s, %(school)s") % {"author": display_name(author), "school": school.name}
            if author
            else school.name
            for author, school in named
        )

    def pillar_labels(self) -> list[tuple[str, str]]:
        """Return the key and label of each pillar."""
        return list(zip(self.pillars, self.get_pillars_labels(), strict=True))

    @property
    def licence_page(self) -> str:
        """The URL of the full licence text."""
        return LICENCE_PAGES[self.licence]
