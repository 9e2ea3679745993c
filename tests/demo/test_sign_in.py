"""Signing in as a persona of the demonstration with one click."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import Http404
from django.test import RequestFactory

from demo.personas import PERSONAS
from demo.sign_in import sign_in_as

from ..factories import UserFactory

pytestmark = pytest.mark.django_db
PERSONA = next(persona for persona in PERSONAS if persona.email)


def click(wanted: str):
    request = RequestFactory().post("/", {"next": wanted})
    request.session = SessionStore()
    return sign_in_as(request, PERSONA.key)


def test_nowhere_else_than_in_the_demonstration(client):
    with pytest.raises(Http404):
        click("/en/practices/")
    assert client.post("/en/demo/sign-in/moderator/").status_code == 404


@pytest.mark.parametrize(
    ("wanted", "address"),
    [
        ("/en/practices/?q=rivers", "/en/practices/?q=rivers"),
        ("", "/en/dashboard/"),
        ("practices", "/en/dashboard/"),
        ("//evil.example/", "/en/dashboard/"),
        ("/\\evil.example", "/en/dashboard/"),
        ("https:evil.example", "/en/dashboard/"),
        ("javascript:alert(1)", "/en/dashboard/"),
    ],
)
def test_it_leads_back_to_a_page_of_this_site(settings, wanted, address):
    settings.DEMO = True
    UserFactory(email=PERSONA.email)
    assert click(wanted)["Location"] == address
