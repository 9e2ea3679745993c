"""The demonstration's banner on every page, and its personas beside the sign-in form."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from demo.personas import PERSONAS

from ..factories import UserFactory

pytestmark = pytest.mark.django_db


def sign_in_page(client: Client, **query: str) -> str:
    return client.get(reverse("account_login"), query).content.decode()


def test_only_the_demonstration_shows_its_personas_and_banner(client, settings):
    page = sign_in_page(client)
    assert [part for part in ("persona", "demo-banner") if part in page] == []
    assert "entrance__art" in page

    settings.DEMO = True
    page = sign_in_page(client)
    assert re.findall(r'action="/en/demo/sign-in/([\w-]+)/"', page) == [persona.key for persona in PERSONAS]
    assert page.count('class="demo-banner"') == 1
    assert "entrance__art" not in page


@pytest.mark.parametrize("required", [True, False])
def test_the_banner_says_when_the_second_factor_is_off(client, settings, required):
    settings.DEMO, settings.REQUIRE_MODERATOR_SECOND_FACTOR = True, required
    assert ("two-step verification is off" in sign_in_page(client)) != required


def test_a_click_signs_in_and_leads_to_the_page_wanted(settings):
    settings.DEMO = True
    persona = next(persona for persona in PERSONAS if persona.email)
    UserFactory(email=persona.email)
    client = Client(enforce_csrf_checks=True)
    page = sign_in_page(client, next="/en/profile/?a=1&b=2")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.split('class="personas"')[1])[1]
    assert 'name="next" value="/en/profile/?a=1&amp;b=2"' in page

    answer = client.post(
        reverse("demo_sign_in", args=[persona.key]), {"csrfmiddlewaretoken": token, "next": "/en/profile/"}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/en/profile/")
    assert client.get("/en/profile/").status_code == 200
