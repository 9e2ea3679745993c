"""Keyset pagination: every page there and back, without gaps, repetitions or more than one query."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.http import QueryDict

from content.keyset import KEYS, Keyset, Moments, Numbers, Start, Texts
from groups.discussions.models import Topic
from groups.practices.models import Practice

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
KEYSETS = {
    "moments": Keyset("last_activity_at", Moments()),
    "moments, rising": Keyset("last_activity_at", Moments(), descending=False),
    "numbers": Keyset("replies_count", Numbers(9)),
    "an expression": Keyset("sum", Numbers(9)),
    "keys": Keyset("pk", KEYS, unique=True),
    "keys, rising": Keyset("pk", KEYS, descending=False, unique=True),
    "texts": Keyset("title", Texts(150), descending=False, unique=True),
}


@pytest.fixture
def topics():
    """Return eleven topics whose keys are in no order and mostly the same, and which lie a microsecond apart."""
    moments = [NOON + timedelta(microseconds=number % 3) for number in range(11)]
    Topic.objects.bulk_create(
        Topic(title=f"ş {number * 7 % 11:02}", last_activity_at=moment, replies_count=number * 5 % 4)
        for number, moment in enumerate(moments)
    )
    return Topic.objects.annotate(sum=F("replies_count") + F("replies_count"))


def key_of(keyset: Keyset, row: Topic) -> tuple:
    return (getattr(row, keyset.key), row.pk)


def page_at(keyset: Keyset, rows, link: str, size: int):
    return keyset.page(rows, keyset.start(QueryDict(link.removeprefix("?"))), size)


@pytest.mark.parametrize("name", KEYSETS)
@pytest.mark.parametrize("size", [1, 4, 10, 11, 12])
def test_there_and_back(topics, name, size, django_assert_num_queries):
    keyset = KEYSETS[name]
    expected = sorted(topics, key=lambda row: key_of(keyset, row), reverse=keyset.descending)
    there, link = [], ""
    while link or not there:
        with django_assert_num_queries(1):
            there.append(page_at(keyset, topics, link, size))
        link = there[-1].link("after")
    pages = [expected[begin : begin + size] for begin in range(0, 11, size)]
    assert [page.rows for page in there] == pages
    assert there[0].before == ""
    back = [there[-1]]
    while link := back[-1].link("before"):
        back.append(page_at(keyset, topics, link, size))
    assert [page.rows for page in reversed(back)] == pages
    assert [bool(page.after) for page in back] == [False] + [True] * (len(pages) - 1)


@pytest.mark.parametrize("name", KEYSETS)
def test_the_last_page_is_read_from_the_end(topics, name):
    keyset = KEYSETS[name]
    expected = sorted(topics, key=lambda row: key_of(keyset, row), reverse=keyset.descending)
    page = keyset.page(topics, Start(backwards=True), 4)
    assert (page.rows, page.after, page.before) == (expected[-4:], "", keyset.write(expected[-4]))


def test_beyond_the_end_is_nothing_and_leads_nowhere(topics):
    page = page_at(KEYSETS["keys"], topics, "after=0", 4)
    assert (page.rows, page.after, page.before) == ([], "", "")


def test_rows_read_elsewhere_are_cut_to_a_page():
    found = [("row", Topic(pk=pk)) for pk in (9, 8, 7)]
    page = KEYSETS["keys"].cut(found, Start((10,)), 2, lambda pair: pair[1])
    assert (page.rows, page.after, page.before) == (found[:2], "8", "9")


@pytest.mark.parametrize(
    ("name", "cursor", "position"),
    [
        ("moments", "1777896000000001-7", (NOON + timedelta(microseconds=1), 7)),
        ("moments", "0-" + "9" * 18, (datetime(1970, 1, 1, tzinfo=UTC), 10**18 - 1)),
        ("moments", "9" * 16 + "-7", (datetime(2286, 11, 20, 17, 46, 39, 999999, UTC), 7)),
        ("moments", "19999999999999999-7", None),
        ("numbers", "999999999-7", (999_999_999, 7)),
        ("numbers", "1999999999-7", None),
        ("numbers", "1-1000000000000000000", None),
        *(("numbers", cursor, None) for cursor in ("", "-", "7", "7-", "-7", "7-7-7", "-7-7")),
        *(("numbers", cursor, None) for cursor in ("٣-7", "7-²", "a-7", "7-" + "9" * 5000)),
        ("keys", "7", (7,)),
        *(("keys", cursor, None) for cursor in ("", "-7", "7-7", "1" + "0" * 18, "\x00")),
        ("texts", "ş-1", ("ş-1",)),
        ("texts", "\x00a\x00", ("a",)),
        ("texts", "z" * 5000, ("z" * 150,)),
        ("texts", "\x00", None),
    ],
)  # fmt: skip
def test_cursors(name, cursor, position):
    assert KEYSETS[name].read(cursor) == position


def test_the_address_names_the_start():
    keyset = KEYSETS["keys"]
    asked = {"": Start(), "after=7": Start((7,)), "before=7": Start((7,), backwards=True), "after=x": Start()}
    asked |= {"after=7&before=9": Start((9,), backwards=True), "after=7&before=x": Start((7,))}
    assert {query: keyset.start(QueryDict(query)) for query in asked} == asked


def test_links_keep_the_filters(topics):
    page = KEYSETS["texts"].page(topics, Start(), 1)
    assert page.link("after", "pillar=agency") == "?pillar=agency&after=%C5%9F+00"
    assert page.link("before", "pillar=agency") == ""


@pytest.mark.parametrize("backwards", [False, True])
def test_the_index_is_entered_at_the_position(backwards):
    """Explain the order with an expression as key: SQLite compares its rows, but searches only for the bound."""
    practices = Practice.objects.published().annotate(sum=F("adoptions_count") + F("adaptations_count"))
    rows = KEYSETS["an expression"].beyond(practices, Start((3, 7), backwards)).values("pk")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # A table of no rows is read as a whole unless that is forbidden.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
        assert f"Index Cond: (((adoptions_count + adaptations_count) {'>' if backwards else '<'}= 3)" in rows.explain()
    else:
        assert f"practice_most_adopted (<expr>{'>' if backwards else '<'}?)" in rows.explain()
