"""Requests that are refused before any view."""

import pytest
from django.conf import settings

from groups.practices.models import Practice

from ...factories import member

pytestmark = pytest.mark.django_db

TOO_LONG = "ü" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2)


@pytest.mark.parametrize("encoded", [True, False])
def test_ten_megabytes_of_text_are_answered_in_words(client, encoded):
    client.force_login(member())
    body = {"title": "Rivers", "context_plain": TOO_LONG * 2}
    kind = {"data": "context_plain=" + "x" * 10_000_000, "content_type": "application/x-www-form-urlencoded"}
    answer = client.post("/en/practices/new/", **(kind if encoded else {"data": body}))
    assert answer.status_code == 413
    html = answer.content.decode()
    assert "your text will still be in the form" in html
    assert not Practice.objects.exists()
    # In the reader's language.
    assert "Bu metin çok uzun" in client.post("/tr/practices/new/", body).content.decode()


def test_other_bad_requests_are_as_before(client):
    answer = client.post("/en/practices/new/", {f"x{number}": "" for number in range(1001)})
    assert answer.status_code == 400
    assert "We didn’t understand this request" in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "This address only works from a button"), ("tr", "Bu adres yalnızca bir düğmeyle çalışır")],
)
def test_the_address_of_a_button_says_so_when_it_is_opened(client, language, words):
    client.force_login(member())
    answer = client.get(f"/{language}/inbox/read/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert words in answer.content.decode()
