"""Facet counts: what they count, for whom, and that they include nothing hidden."""

import random
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils import timezone

from content.taxonomy import Duration, EvidenceStrength, KeyCompetence, Pillar, Subject
from groups.practices.finding.facets import AGE_BANDS, FACETS
from groups.practices.finding.filters import PracticeFilters, Selection
from groups.practices.finding.index import INDEX
from groups.practices.models import Practice

from ....factories import LabelFactory, SchoolFactory, member
from ...factories import PracticeFactory
from ..writing.posting import as_

pytestmark = pytest.mark.django_db

LIST = "/en/practices/"
YEARS = {band: tuple(map(int, band.split("-"))) for band in AGE_BANDS}


def selection(user, query: str = "") -> Selection:
    return Selection(user, PracticeFilters(QueryDict(query)))


def counts(user, query: str = "") -> dict[tuple[str, str], str]:
    groups = selection(user, query).groups()
    return {(group.name, value.label): value.number for group in groups for value in [*group.values, *group.rest]}


def found(user, query: str) -> set[int]:
    chosen = selection(user, query)
    return set(chosen.index.pks(chosen.practices))


def matches(practice: Practice, facet: str, value: str) -> bool:
    """Return whether the practice has the facet value, independently of the index."""
    if facet == "age":
        low, high = YEARS[value]
        ages = [age for age in (practice.age_min, practice.age_max) if age is not None]
        return bool(ages) and min(ages) <= high and max(ages) >= low
    if facet == "reuse":
        return bool(practice.adoptions_count if value == "tried" else practice.adaptations_count)
    if facet == "country":
        return practice.school.country.code == value
    if facet == "tool":
        return value in [tool.lower() for tool in practice.tools]
    names = {"subject": "subjects", "pillar": "pillars", "level": "levels", "competence": "competences"}
    stored = getattr(practice, names.get(facet, {"evidence": "evidence_strength"}.get(facet, facet)))
    return value in stored if isinstance(stored, list) else stored == value


def random_practices(personas, number: int) -> None:
    dice = random.Random(7)
    schools = [personas.school, SchoolFactory(labelled=True, country="PT"), SchoolFactory(labelled=True, country="GR")]
    for _index in range(number):
        low = dice.choice([None, *range(3, 17)])
        PracticeFactory(
            school=dice.choice(schools),
            author=dice.choice([personas.author, personas.lapsed, personas.grace, personas.member]),
            published=dice.random() < 0.7,
            public=dice.random() < 0.4,
            pillars=dice.sample(Pillar.values, 2),
            subjects=dice.sample(Subject.values[:6], 2),
            levels=dice.sample(["isced1", "isced2"], 1),
            competences=dice.sample(KeyCompetence.values, 1),
            age_min=low,
            age_max=low and low + dice.randrange(6),
            language=dice.choice(["en", "tr", "pt"]),
            duration=dice.choice(["", *Duration.values]),
            evidence_strength=dice.choice(EvidenceStrength.values),
            tools=dice.choice([[], ["Padlet"], ["padlet", "paper"]]),
            adoptions_count=dice.choice([0, 0, 3]),
            adaptations_count=dice.choice([0, 0, 1]),
        )


QUERIES = [
    "",
    "pillar=agency",
    "pillar=agency&pillar=leadership&language=tr",
    "age=11-14&reuse=tried",
    "subject=art&country=PT&evidence=survey",
    "tool=padlet&duration=weeks&duration=year",
    "q=practice&level=isced2&reuse=adapted&reuse=tried",
]


def test_counts_are_those_of_what_each_person_sees(personas):
    """Compare every facet count, for eleven kinds of visitor and seven queries, with a count by hand."""
    random_practices(personas, 60)
    for who, user in personas.named().items():
        user = user or AnonymousUser()
        visible = list(Practice.objects.visible_to(user).published().select_related("school"))
        for query in QUERIES:
            asked = PracticeFilters(QueryDict(query)).chosen
            asked.pop("q", None)

            def passing(without: str = "", visible=visible, asked=asked) -> list[Practice]:
                return [
                    practice
                    for practice in visible
                    if all(
                        any(matches(practice, name, value) for value in values)
                        for name, values in asked.items()
                        if name != without
                    )
                ]

            assert found(user, query) == {practice.pk for practice in passing()}, (who, query)
            shown = {
                (group.name, value.href, value.label): int(value.number)
                for group in selection(user, query).groups()
                for value in [*group.values, *group.rest]
            }
            for name, facet in FACETS.items():
                base = passing(without=name)
                for value in facet.order or {"country": ["TR", "PT", "GR"], "tool": ["padlet", "paper"]}.get(name, []):
                    by_hand = sum(matches(practice, name, value) for practice in base)
                    label = {"padlet": "Padlet"}.get(value, facet.title(value))
                    numbers = [
                        number
                        for (group, _href, said), number in shown.items()
                        if group == name and said.lower() == label.lower()
                    ]
                    assert sum(numbers) == by_hand, (who, query, name, value)


def test_the_index_sees_what_visible_to_sees(personas):
    random_practices(personas, 40)
    for who, user in personas.named().items():
        user = user or AnonymousUser()
        index = INDEX.fresh()
        visible = Practice.objects.visible_to(user).published().values_list("pk", flat=True)
        assert set(index.pks(index.visible_to(user))) == set(visible), who


def test_what_is_hidden_is_not_even_a_value(client, personas):
    PracticeFactory(
        published=True,
        tools=["NEEDLE tool"],
        subjects=["drama"],
        language="mt",
        school=SchoolFactory(labelled=True, country="MT"),
    )
    PracticeFactory(public=True, tools=["NEEDLE draft"], subjects=["chemistry"])
    PracticeFactory(published=True, public=True)
    for user in (None, personas.outsider, personas.lapsed, personas.revoked):
        html = as_(client, user).get(LIST).content.decode()
        assert "NEEDLE" not in html
        for hidden in ("Malti", "Malta", "Drama", "Chemistry"):
            assert f"<span>{hidden}</span>" not in html
    html = as_(client, personas.member).get(LIST).content.decode()
    assert "NEEDLE tool" in html
    assert "NEEDLE draft" not in html
    assert "<span>Malta</span>" in html


def test_the_index_follows_every_change():
    reader = member()
    practice = PracticeFactory(published=True, subjects=["art"])
    assert counts(reader)["subject", "Art"] == "1"
    practice.subjects = ["music"]
    practice.save()
    assert ("subject", "Art") not in counts(reader)
    assert counts(reader)["subject", "Music"] == "1"
    Practice.objects.filter(pk=practice.pk).update(live=False, changed_at=timezone.now())
    assert counts(reader) == {}


def test_a_published_practice_appears_and_a_removed_one_goes_with_the_next_request():
    reader = member()
    assert counts(reader) == {}
    practice = PracticeFactory()
    assert counts(reader) == {}
    practice.save_revision().publish()
    assert counts(reader)["pillar", "Student agency"] == "1"
    Practice.objects.get(pk=practice.pk).unpublish()
    assert counts(reader) == {}


def test_ages_overlap_and_any_range_of_the_address_counts():
    reader = member()
    practices = {
        name: PracticeFactory(published=True, age_min=low, age_max=high).pk
        for name, (low, high) in {
            "young": (6, 10), "middle": (10, 12), "old": (13, 19), "one": (12, None), "none": (None, None),
        }.items()
    }  # fmt: skip
    for query, names in [
        ("age=11-14", {"middle", "old", "one"}),
        ("age=3-6", {"young"}),
        ("age=12-12", {"middle", "one"}),
        ("age=3-6&age=15-18", {"young", "old"}),
        ("age=14-11", set(practices)),
        ("age=x", set(practices)),
    ]:
        assert found(reader, query) == {practices[name] for name in names}, query


def test_a_tool_is_found_however_it_was_typed():
    reader = member()
    one, two = (PracticeFactory(published=True, tools=[tool]).pk for tool in ("Padlet", "PADLET"))
    assert found(reader, "tool=padLET") == {one, two}
    assert {number for (name, _label), number in counts(reader).items() if name == "tool"} == {"2"}


def test_the_edition_is_that_of_the_day_of_publication():
    reader, school = member(), SchoolFactory()
    today = timezone.now().date()
    LabelFactory(school=school, edition="old", starts_on=today - timedelta(800), ends_on=today - timedelta(200))
    LabelFactory(school=school, edition="new", starts_on=today - timedelta(100), ends_on=today + timedelta(100))
    for days in (300, 50, 150):
        PracticeFactory(live=True, school=school, first_published_at=timezone.now() - timedelta(days))
    assert {value: number for (name, value), number in counts(reader).items() if name == "edition"} == {
        "old": "1",
        "new": "1",
    }


def test_languages_i_read_are_one_click(client):
    reader = member()
    reader.reads = ["pt", "tr"]
    reader.save()
    for language in ("en", "pt", "tr"):
        PracticeFactory(published=True, language=language, title=f"In {language}")
    page = as_(client, reader).get(LIST)
    mine = page.context["languages_read"]
    assert (mine.number, mine.chosen) == ("2", False)
    narrowed = client.get(LIST + mine.href)
    assert {practice.title for practice in narrowed.context["page"].practices} == {"In pt", "In tr"}
    assert narrowed.context["languages_read"].chosen


def test_an_empty_result_says_which_filter_to_drop():
    reader = member()
    PracticeFactory.create_batch(2, published=True, pillars=["agency"], subjects=["art"])
    PracticeFactory(published=True, pillars=["leadership"], subjects=["music"])
    proposals = selection(reader, "pillar=agency&subject=music").proposals()
    assert [(proposal.label, proposal.number) for proposal in proposals] == [
        ("Subject: Music", "2"),
        ("Pillar: Student agency", "1"),
    ]


@pytest.mark.parametrize(
    "query",
    [
        "page=9999", "q=" + "x" * 5000, "q=%21%21%21", "q=%00", "pillar=%3Cb%3E", "age=99999-1", "tool=%C2%B2",
        "sort=evil", "country=XX&country=TR", "edition=%27", "after=1-1&before=2-2", "reuse=none", "q=%F0%9F%90%9F",
        "tool=" + "t" * 500, "age=0-99&age=99-0", "country=%C2%B2", "country=" + "9" * 5000,
    ],
)  # fmt: skip
def test_odd_addresses_are_answered(client, query):
    PracticeFactory(published=True, public=True)
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 200
    assert "good practice" in answer.content.decode()


def test_words_are_marked_however_they_are_typed(client):
    PracticeFactory(published=True, public=True, title="Işık <b>avı</b>", summary="Gece", steps="<p>A long river.</p>")
    html = client.get(LIST, {"q": "ISIK"}).content.decode()
    assert "<mark>Işık</mark> &lt;b&gt;avı&lt;/b&gt;" in html
    html = client.get(LIST, {"q": "river"}).content.decode()
    assert re.search(r"A long <mark>river</mark>", html)
