"""Conflict copies: shown to their author, restored or discarded."""

from urllib.parse import urlencode
from uuid import uuid4

import pytest

from groups.practices.models import Practice
from groups.practices.writing.conflict_copies import keep_copy
from groups.practices.writing.edit_locks import release_lock

from .posting import as_, edited
from .test_edit_locks import with_co_author, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    """Create the author's conflict copy of a text that a colleague has changed meanwhile."""
    practice, author, other = with_co_author()
    body = urlencode(
        edited(practice, step="how", context="<p>MINE <script>alert(1)</script></p>", steps="<p>Walk.</p>")
    )
    kept = keep_copy(practice=practice, by=author, window=uuid4(), step="how", body=body)
    write(practice, other, "Theirs")
    release_lock(practice=practice, by=other)
    return practice, author, other, kept


def address(practice, kept, end: str = "") -> str:
    return f"/en/practices/{practice.pk}/edit/words/{kept.pk}/{end}"


def test_they_stand_beside_what_is_saved_now(client, story):
    practice, author, _other, kept = story
    html = as_(client, author).get(address(practice, kept)).content.decode()
    assert "MINE" in html
    assert "<script>alert" not in html
    # Identical fields are not shown.
    assert [row["label"] for row in client.get(address(practice, kept)).context["rows"]] == [
        Practice._meta.get_field(name).verbose_name
        for name in ("context", "steps")
        if name == "context" or practice.steps != "<p>Walk.</p>"
    ]


def test_nobody_else_sees_puts_in_or_throws_away(client, story):
    practice, author, other, kept = story
    as_(client, other)
    assert client.get(address(practice, kept)).status_code == 404
    assert "MINE" not in client.get(f"/en/practices/{practice.pk}/edit/how/?words={kept.pk}").content.decode()
    client.post(address(practice, kept, "gone/"))
    assert practice.conflict_copies.get().person == author


def test_put_in_again_they_start_from_what_is_saved_now_and_are_kept_until_saved(client, story):
    practice, author, _other, kept = story
    page = as_(client, author).get(f"/en/practices/{practice.pk}/edit/how/?words={kept.pk}")
    assert "MINE" in page.content.decode()
    data = page.context["forms"].text.data
    assert data["version"] == str(Practice.objects.get(pk=practice.pk).version)
    assert practice.conflict_copies.exists()
    assert client.post(f"/en/practices/{practice.pk}/edit/how/", data.dict()).status_code == 302
    assert "MINE" in Practice.objects.get().context
    assert Practice.objects.get().title == "Theirs"
    assert not practice.conflict_copies.exists()


def test_words_of_one_step_are_not_put_into_another(client, story):
    practice, author, _other, kept = story
    page = as_(client, author).get(f"/en/practices/{practice.pk}/edit/results/?words={kept.pk}")
    assert not page.context["forms"].text.is_bound


def test_thrown_away_by_a_button_alone(client, story):
    practice, author, _other, kept = story
    as_(client, author)
    assert client.get(address(practice, kept, "gone/")).status_code == 405
    assert practice.conflict_copies.exists()
    for _time in range(2):
        assert client.post(address(practice, kept, "gone/")).status_code == 302
    assert not practice.conflict_copies.exists()
