from uuid import UUID

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template

from content.filters import FilterForm, known, number_of, text_of, uuid_of
from content.taxonomy import EducationLevel, Pillar
from events.models import EventPage

from ..groups.factories import PracticeFactory


def test_only_keys_of_the_vocabulary_are_known():
    asked = ["agency", "AGENCY", "Student agency", "%", "", None]
    assert [known(value, Pillar) for value in asked] == ["agency", "", "", "", "", ""]


def test_a_text_has_no_null_character():
    assert [text_of(text) for text in ("a\x00b", "\x00", "ş \x01", None)] == ["ab", "", "ş \x01", ""]


def test_a_number_is_written_in_plain_digits_and_no_longer_than_a_key():
    written = ["7", "9" * 18, "9" * 19, "9" * 5000, "٣", "²", "-1", "1.0", " 7", "", None]
    assert [number_of(text) for text in written] == [7, 10**18 - 1, *[None] * 9]


def test_a_uuid_is_one_or_nothing():
    token = UUID("0b8f9f0e-6f0c-4b8e-9a3e-2f4a5f8f1c11")
    assert [uuid_of(text) for text in (str(token), token.hex, "", None, "abc", "9" * 5000)] == [
        token,
        token,
        *[None] * 4,
    ]


@pytest.mark.django_db
def test_choices_with_their_labels():
    event = EventPage(pillars=["agency", "leadership"])
    assert event.get_pillars_pairs() == [("agency", "Student agency"), ("leadership", "Shared leadership")]


class Filters(FilterForm):
    first = ("q", "pillar")
    keep = ("order",)

    q = forms.CharField(label="Words", required=False, max_length=20)
    pillar = forms.ChoiceField(label="Pillar", required=False, choices=[("", "All"), *Pillar.choices])
    level = forms.MultipleChoiceField(label="Level", required=False, choices=EducationLevel.choices)
    tried = forms.BooleanField(label="Tried elsewhere", required=False)


def filters(query: str) -> Filters:
    return Filters(QueryDict(query))


def test_the_address_says_what_is_asked():
    asked = filters("q= iklim &pillar=agency&level=isced1&level=isced2&tried=on")
    assert asked.chosen == {"q": "iklim", "pillar": "agency", "level": ["isced1", "isced2"], "tried": True}
    assert asked.unknown == []


@pytest.mark.parametrize(
    ("query", "unknown"),
    [
        ("pillar=towers", ["towers"]),
        ("level=isced9&level=isced1", ["isced9"]),
        ("q=" + "x" * 5000, ["x" * 40]),
        ("q=%00", ["\x00"]),
        ("pillar=&q=%20", []),
        ("something=else", []),
    ],
)
def test_what_does_not_exist_is_left_out_and_named(query, unknown):
    asked = filters(query)
    assert asked.unknown == unknown
    assert asked.chosen == ({"level": ["isced1"]} if "isced1" in query else {})
    assert asked.is_valid()


def test_each_chip_takes_its_own_filter_away_and_keeps_the_rest():
    asked = filters("q=iklim&level=isced1&level=vet&tried=on&order=oldest&page=3")
    assert [(chip.label, chip.remove) for chip in asked.chips] == [
        ("Words: iklim", "?order=oldest&level=isced1&level=vet&tried=on"),
        ("Level: Primary", "?order=oldest&q=iklim&level=vet&tried=on"),
        ("Level: Vocational", "?order=oldest&q=iklim&level=isced1&tried=on"),
        ("Tried elsewhere", "?order=oldest&q=iklim&level=isced1&level=vet"),
    ]
    assert asked.clear == "?order=oldest"
    assert asked.querystring == "order=oldest&q=iklim&level=isced1&level=vet&tried=on"


def test_fields_behind_more_filters_open_when_one_is_in_force():
    assert [field.name for field in filters("").shown_fields] == ["q", "pillar"]
    assert [field.name for field in filters("").more_fields] == ["level", "tried"]
    assert not filters("q=x").opens_more
    assert filters("level=vet").opens_more


def test_the_panel_escapes_what_was_typed_and_needs_no_script():
    html = Template('{% include "components/filter_panel.html" with form=form label="Narrow" only %}').render(
        Context({"form": filters("q=%3Cb%3E&pillar=%3Ci%3E&order=new")})
    )
    assert "Words: &lt;b&gt;" in html
    assert "&lt;i&gt;" in html
    assert "<b>" not in html
    assert '<input type="hidden" name="order" value="new">' in html
    assert 'method="get"' in html


def test_chosen_keys_stand_in_the_order_of_their_vocabulary(db):
    practice = PracticeFactory(pillars=["inclusion", "agency"])
    assert practice.pillars == ["agency", "inclusion"]
    practice.refresh_from_db()
    assert practice.pillars == ["agency", "inclusion"]
