"""The text in a refused form is shown again for copying."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from groups.discussions.models import Comment
from groups.practices.models import Practice

from ... import factories
from ...groups.factories import PracticeFactory, TopicFactory
from ...groups.practices.writing.posting import as_

pytestmark = pytest.mark.django_db

WORDS = "Long words & <b>thoughts</b>"
SHOWN = "Long words &amp; &lt;b&gt;thoughts&lt;/b&gt;</textarea>"


def test_a_practice_that_was_taken_off_meanwhile(client):
    practice = PracticeFactory(published=True)
    Practice.objects.filter(pk=practice.pk).update(live=False)
    as_(client, factories.member())
    for name in ("practice_discussion", "adoption_report"):
        sent = client.post(reverse(name, args=[practice.pk]), {"text": WORDS, "token": str(uuid4())})
        assert (sent.status_code, SHOWN in sent.text) == (404, True)
    assert not Comment.objects.exists()


def test_a_topic_that_was_closed_meanwhile(client):
    topic = TopicFactory(is_closed=True)
    token = str(uuid4())
    posted = {"text": WORDS, "token": token, "old_password": "correct horse battery"}
    sent = as_(client, factories.member()).post(topic.get_absolute_url(), posted)
    assert (sent.status_code, SHOWN in sent.text) == (403, True)
    assert token not in sent.text
    assert "correct horse" not in sent.text


def test_words_of_a_strangers_form_are_not_shown():
    client = Client(enforce_csrf_checks=True)
    sent = client.post("/en/accounts/login/", {"text": WORDS})
    assert (sent.status_code, "thoughts" in sent.text) == (403, False)
    sent = client.post("/nowhere.html", {"text": WORDS})
    assert "thoughts" not in sent.text


def test_nothing_is_said_of_words_when_nothing_was_sent(client):
    assert "typed-words" not in as_(client, factories.member()).get("/en/nowhere/").text


def test_what_somebody_sends_who_was_signed_out_meanwhile(client):
    practice = PracticeFactory(published=True)
    history = reverse("practice_history", args=[practice.pk])
    for sender, back in (
        (f"http://testserver{history}?page=2", f"{history}%3Fpage%3D2"),
        ("https://elsewhere.example/", "appeal/"),
    ):
        sent = client.post(reverse("practice_appeal", args=[practice.pk]), {"text": WORDS}, headers={"referer": sender})
        assert (sent.status_code, SHOWN in sent.text) == (404, True)
        # After signing in, the person returns to the page with the form, not to the address of its button.
        assert f'{back}">Sign in</a>' in sent.text


@pytest.mark.parametrize(
    ("sender", "back"),
    [
        ("http://[testserver/", "/en/nowhere/"),
        ("http://testserver//evil.example/", "/"),
        ("http://testserver/\\\\evil.example/", "/"),
        ("http://testserver:bad/", "/en/nowhere/"),
    ],
)
def test_a_forged_sender_leads_nowhere_else(client, sender, back):
    sent = client.post("/en/nowhere/", headers={"referer": sender})
    assert sent.status_code == 404
    assert f'?next={back}">Sign in</a>' in sent.text
