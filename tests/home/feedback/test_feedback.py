"""Feedback: open to anyone, stored, announced once to those responsible, rate limited."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from zeal import zeal_ignore

from home.feedback.giving import give_feedback, listeners, settle
from home.models import Feedback
from home.site_setup import set_up_site
from notifications.models import Message

from ... import factories

pytestmark = pytest.mark.django_db

URL = "/en/feedback/"


@pytest.fixture(autouse=True)
def _site():
    set_up_site()


def test_a_visitor_tells_and_the_central_moderators_hear(client, django_capture_on_commit_callbacks, mailoutbox):
    central, national = factories.moderator(), factories.moderator("TR")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(URL, {"message": "The map has no names.", "page": "/en/schools/", "email": "a@b.example"})

    assert answer["Location"] == "/en/feedback/sent/"
    assert client.get(answer["Location"]).status_code == 200
    feedback = Feedback.objects.get()
    assert (feedback.message, feedback.page, feedback.email, feedback.language, feedback.person) == (
        "The map has no names.",
        "/en/schools/",
        "a@b.example",
        "en",
        None,
    )
    (message,) = Message.objects.all()
    assert message.recipient == central != national
    assert "The map has no names." in message.text
    assert "a@b.example" in message.text
    assert [mail.to for mail in mailoutbox] == [[central.email]]


def test_who_is_signed_in_is_known(client):
    user = factories.member()
    client.force_login(user)
    assert f'value="{user.email}"' in client.get(URL).content.decode()
    client.post(URL, {"message": "Hello"})
    assert Feedback.objects.get().person == user


def test_operators_hear_where_nobody_moderates():
    operator = factories.UserFactory(is_superuser=True)
    factories.member()
    assert list(listeners()) == [operator]
    operator.is_active = False
    operator.save()
    assert list(listeners()) == []
    give_feedback(by=AnonymousUser(), message="Kept", page="", email="", language="en")
    assert Feedback.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"message": "  ", "page": "here"}, "message"),
        ({"message": "x" * 5001}, "message"),
        ({"message": "Hello", "email": "not an address"}, "email"),
        ({"message": "Hello", "page": "x" * 501}, "page"),
        ({"message": "a\x00b"}, "message"),
    ],
)
def test_errors_stand_beside_their_field_and_nothing_typed_is_lost(client, typed, field):
    answer = client.post(URL, typed)
    assert list(answer.context["form"].errors) == [field]
    assert Feedback.objects.count() == 0
    body = answer.content.decode()
    assert f'aria-describedby="id_{field}' in body
    assert 'aria-invalid="true"' in body
    assert all(value[:200] in body for value in typed.values() if value.strip() and "\x00" not in value)


def test_the_sixth_within_an_hour_waits_with_its_words(client):
    for number in range(5):
        assert client.post(URL, {"message": f"Message {number}"}).status_code == 302
    answer = client.post(URL, {"message": "One more"})
    assert answer.status_code == 429
    assert "One more" in answer.content.decode()
    assert "try again in an hour" in answer.content.decode()
    assert Feedback.objects.count() == 5


def test_colleagues_behind_one_address_do_not_use_up_each_others_share(client):
    words = {"message": "Hello"}
    for _number in range(6):
        client.post(URL, words)
    for person in (factories.member(), factories.member()):
        client.force_login(person)
        assert [client.post(URL, words).status_code for _number in range(6)] == [302] * 5 + [429]
    assert Feedback.objects.count() == 15


def test_central_moderators_note_what_was_done(client):
    feedback = give_feedback(by=AnonymousUser(), message="A needle", page="", email="", language="tr")
    edit = reverse("wagtailsnippets_home_feedback:edit", args=[feedback.pk])
    central, national = factories.moderator(), factories.moderator("TR")
    for person in (central, national):
        person.groups.add(*person.groups.model.objects.filter(name="Moderators"))
    client.force_login(national)
    assert "A needle" not in client.get(edit, follow=True).content.decode()
    client.force_login(central)
    # Wagtail loads the row again for each of its panels.
    with zeal_ignore():
        assert "A needle" in client.get(edit).content.decode()
        assert client.post(edit, {"answer": "Names were added.", "message": "Another"}).status_code == 302
    feedback.refresh_from_db()
    assert (feedback.answer, feedback.message) == ("Names were added.", "A needle")
    settled = feedback.settled_at
    assert settled is not None
    assert settle(feedback, answer="And colours.", by=central).settled_at == settled
    assert settle(feedback, answer="", by=central).settled_at is None
    assert client.get(reverse("wagtailsnippets_home_feedback:add"), follow=True).redirect_chain != []
