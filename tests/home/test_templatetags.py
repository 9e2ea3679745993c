from datetime import UTC, datetime

import pytest
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from content.templatetags.components import avatar_tone, cover_drawing, cover_palette, initials, own_zone, zone_label
from home.templatetags.navigation import language_links


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ayşe Işık", "AI"), ("Ana Maria de Sousa", "AS"), ("Kadri", "K"), ("  ", ""), ("ilze i", "ii")],
)
def test_initials_are_the_first_letters_as_written(name, letters):
    assert initials(name) == letters


def test_a_seed_always_gives_the_same_cover_and_avatar():
    assert [(cover_palette(seed), cover_drawing(seed)) for seed in (0, 7, "okul")] == [(0, 0), (1, 7), (0, 5)]
    assert len({(cover_palette(seed), cover_drawing(seed)) for seed in range(66)}) == 66
    assert avatar_tone("Ayşe Işık") == avatar_tone("Ayşe Işık")


@pytest.mark.parametrize(
    ("zone", "month", "label"),
    [
        ("Europe/Istanbul", 7, "Istanbul, UTC+3"),
        ("Europe/Lisbon", 1, "Lisbon, UTC+0"),
        ("Europe/Lisbon", 7, "Lisbon, UTC+1"),
        ("Asia/Kolkata", 7, "Kolkata, UTC+5:30"),
        ("America/St_Johns", 1, "St Johns, UTC−3:30"),
        ("UTC", 1, "UTC"),
    ],
)
def test_a_zone_is_named_by_its_city_and_the_offset_of_that_day(zone, month, label):
    assert zone_label(zone, datetime(2026, month, 1, tzinfo=UTC)) == label


def test_a_time_stands_in_the_zone_asked_for():
    shown = Template('{% include "components/time.html" with value=value zone="Europe/Istanbul" only %}').render(
        Context({"value": datetime(2026, 12, 1, 22, 30, tzinfo=UTC)})
    )
    assert 'datetime="2026-12-02T01:30:00+03:00"' in shown
    assert "Wednesday 2 December 2026, 01:30" in shown
    assert "(Istanbul, UTC+3)" in shown


def test_language_links_keep_the_path_and_its_query():
    context = RequestContext(RequestFactory().get("/en/schools/?country=TR&page=2"))
    with translation.override("en"):
        links = language_links(context)
    assert [(link["code"], link["name"], link["current"]) for link in links] == [
        ("en", "English", True),
        ("tr", "Türkçe", False),
    ]
    assert links[1]["target"] == "/tr/schools/?country=TR&page=2"
    assert links[1]["href"] == "/tr/language/?next=/tr/schools/%3Fcountry%3DTR%26page%3D2"


def test_language_links_fall_back_to_the_home_of_the_language():
    context = RequestContext(RequestFactory().get("/health/"))
    with translation.override("en"):
        assert [link["target"] for link in language_links(context)] == ["/health/", "/tr/"]


def test_without_a_request_there_are_no_links():
    assert language_links(Context()) == []


def test_a_form_component_carries_the_token_although_its_context_is_its_own():
    page = Template('{% include "components/form.html" with form=form submit="Send" only %}')
    assert 'name="csrfmiddlewaretoken"' in page.render(RequestContext(RequestFactory().get("/en/")))


def test_who_reads_is_told_whose_times_they_are():
    with timezone.override("Europe/Istanbul"):
        assert own_zone() == "Istanbul, UTC+3"
