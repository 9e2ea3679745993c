"""Search and facet filters of the practice list, with the count of each facet value."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.filters import FilterForm
from content.search import MAX_QUERY, matching, words_of

from ..models import Practice
from .facets import FACETS, Facet
from .index import INDEX, PracticeIndex

# Tools are free text and countries many; a longer list is unreadable.
MOST_VALUES = 48
CAP = 1000


def capped(number: int) -> str:
    """Format a count, capped at “1,000+”."""
    return "1,000+" if number > CAP else str(number)


class FacetField(forms.MultipleChoiceField):
    """Several values of one facet."""

    def __init__(self, facet: Facet) -> None:
        super().__init__(label=facet.label, required=False)
        self.facet = facet

    def valid_value(self, value: str) -> bool:
        return len(value) <= 60 and bool(self.facet.title(value)) and all(self.facet.asks(value))


class WordsField(forms.CharField):
    """Search terms, truncated at MAX_QUERY instead of rejected."""

    def to_python(self, value: str | None) -> str:
        return super().to_python(value)[:MAX_QUERY].strip()


class PracticeFilters(FilterForm):
    """Search terms and facets. Values of one facet are alternatives."""

    q = WordsField(label=gettext_lazy("Keywords"), required=False)

    keep = ("sort",)

    @property
    def facet_pairs(self) -> list[tuple[str, str]]:
        """Return the active facets as name and value pairs, for hidden fields of the search form."""
        return [(name, value) for name in self.chosen if name != "q" for value in self.data.getlist(name)]

    def _in_words(self, name: str, value: str) -> str:
        if name == "q":
            return f"“{value[:MAX_QUERY]}”"
        return f"{self.fields[name].label}: {title_of(self.fields[name].facet, value)}"


for _facet in FACETS.values():
    PracticeFilters.base_fields[_facet.name] = FacetField(_facet)


def title_of(facet: Facet, value: str) -> str:
    """Return the label of a value; for a tool, its authors' spelling."""
    if facet.name == "tool":
        return INDEX.spellings.get(value, value)
    return facet.title(value) or value


@dataclass(frozen=True)
class Value:
    """A facet value, with the number of matching practices and the URL that toggles it."""

    label: str
    number: str
    href: str
    chosen: bool


@dataclass(frozen=True)
class Group:
    """A facet with its values that match anything or are chosen."""

    name: str
    label: str
    values: list[Value]
    rest: list[Value]
    chosen: bool


@dataclass(frozen=True)
class Proposal:
    """A filter to remove, with the number of results without it."""

    label: str
    number: str
    href: str


class Selection:
    """The practices that match the filters for one reader. Counts include only what the reader may see."""

    def __init__(self, user, filters: PracticeFilters) -> None:
        self.filters = filters
        self.index: PracticeIndex = INDEX.fresh()
        self.visible = self.index.visible_to(user)
        self.words = words_of(filters.cleaned_data["q"])
        self._asked = {
            name: self.index.any_of(name, values) for name, values in filters.chosen.items() if name in FACETS
        }
        if filters.cleaned_data["q"]:
            visible = Practice.objects.visible_to(user).published().order_by()
            found = matching(visible, filters.cleaned_data["q"]).values_list("pk", flat=True)
            self._asked["q"] = self.index.of(found)

    def _without(self, name: str) -> int:
        """Return the set that matches without the named filter."""
        found = self.visible
        for other, practices in self._asked.items():
            if other != name:
                found &= practices
        return found

    @cached_property
    def practices(self) -> int:
        return self._without("")

    @cached_property
    def number(self) -> int:
        return self.practices.bit_count()

    @property
    def capped_number(self) -> str:
        return capped(self.number)

    @property
    def everything(self) -> bool:
        """Return True if no filter is active."""
        return not self._asked

    def groups(self) -> Iterator[Group]:
        """Yield the facets with counts. A facet's choice doesn't narrow its own counts: values are alternatives."""
        for facet in FACETS.values():
            chosen = self.filters.cleaned_data[facet.name]
            values = self._values(facet, chosen)
            if values:
                # Never hide a chosen value behind “more”.
                open_ones = [value for number, value in enumerate(values) if number < facet.shown or value.chosen]
                rest = [value for value in values if value not in open_ones]
                yield Group(facet.name, str(facet.label), open_ones, rest, bool(chosen))

    def _values(self, facet: Facet, chosen: list[str]) -> list[Value]:
        base = self._without(facet.name)
        keys = facet.order or self.index.values(facet.name)
        keys = [*keys, *(value for value in chosen if value not in keys)]
        others = self._address(without=facet.name)
        found = []
        for key in keys:
            number = (base & self.index.having(facet.name, key)).bit_count()
            if number or key in chosen:
                left = [value for value in chosen if value != key] if key in chosen else [*chosen, key]
                href = "?" + "&".join(filter(None, [others, urlencode({facet.name: left}, doseq=True)]))
                found.append((number, Value(title_of(facet, key), capped(number), href, key in chosen)))
        if not facet.order:
            found.sort(key=lambda pair: (not pair[1].chosen, -pair[0], pair[1].label))
        return [value for _number, value in found[:MOST_VALUES]]

    def _address(self, without: str) -> str:
        query = QueryDict(mutable=True)
        for name, value in self.filters.kept:
            query[name] = value
        for name in self.filters.chosen:
            if name != without:
                query.setlist(name, self.filters.data.getlist(name))
        return query.urlencode()

    def with_languages(self, codes: list[str]) -> Value:
        """Return a value that toggles all languages the person reads."""
        others = self._address(without="language")
        number = (self._without("language") & self.index.any_of("language", codes)).bit_count()
        chosen = sorted(self.filters.cleaned_data["language"]) == sorted(codes)
        query = "" if chosen else urlencode({"language": codes}, doseq=True)
        return Value(_("Languages I read"), capped(number), "?" + "&".join(filter(None, [others, query])), chosen)

    def proposals(self) -> list[Proposal]:
        """For an empty result, return the filters to drop, most results first."""
        found = []
        for name in self._asked:
            number = self._without(name).bit_count()
            if number:
                label = " · ".join(self.filters._in_words(name, value) for value in self.filters.data.getlist(name))
                found.append((number, Proposal(label, capped(number), "?" + self._address(without=name))))
        return [proposal for _number, proposal in sorted(found, key=lambda pair: -pair[0])]
