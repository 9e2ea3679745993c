"""Signing in with an external account. The tests set the provider's responses."""

import runpy
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from zeal import zeal_ignore

from community.models import Invitation, Membership, User
from community.sign_in.adapters import SocialAccountAdapter

from ... import factories
from ..conftest import verified

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def packages_load_as_they_like():
    with zeal_ignore():
        yield


BASE_SETTINGS = Path(__file__).parents[3] / "config/settings/base.py"
LOGIN = "/en/accounts/oidc/oidc/login/"
ANSWERS = {"name": "Ayşe Işık", "language": "tr", "time_zone": "Europe/Istanbul"}


class Answer:
    status_code = 200
    headers = {"content-type": "application/json"}

    def __init__(self, body: dict) -> None:
        self.body = body

    def json(self) -> dict:
        return self.body

    def raise_for_status(self) -> None:
        pass


class Provider:
    """A fake for the HTTP session with the provider."""

    person: dict = {}

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        pass

    def get(self, url, **kwargs) -> Answer:
        if url.endswith("/.well-known/openid-configuration"):
            names = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint")
            return Answer({name: f"https://login.example/{name}" for name in names})
        return Answer(self.person)

    def request(self, method, url, **kwargs) -> Answer:
        return Answer({"access_token": "secret"})


@pytest.fixture
def configured(monkeypatch) -> dict:
    """Return the settings as the environment variables define them."""
    monkeypatch.setenv("OIDC_CLIENT_ID", "schools")
    monkeypatch.setenv("OIDC_SECRET", "shh")
    monkeypatch.setenv("OIDC_NAME", "Teachers’ Login")
    monkeypatch.setenv("OIDC_SERVER_URL", "https://login.example/realms/teachers")
    return runpy.run_path(str(BASE_SETTINGS))


@pytest.fixture
def comes_back_as(client, configured, settings, monkeypatch):
    """Sign in through the provider as the person it reports."""
    settings.SOCIALACCOUNT_PROVIDERS = configured["SOCIALACCOUNT_PROVIDERS"]
    provider = Provider()
    monkeypatch.setattr(SocialAccountAdapter, "get_requests_session", lambda self: provider)

    def sign_in(**person):
        provider.person = person
        away = client.post(LOGIN)
        state = parse_qs(urlsplit(away["Location"]).query)["state"][0]
        return client.get(f"{LOGIN}callback/", {"code": "x", "state": state}, follow=True)

    return sign_in


def nobody_came() -> bool:
    return not any(model.objects.exists() for model in (User, SocialAccount, EmailAddress, Membership))


def test_the_environment_decides(configured, monkeypatch):
    (app,) = configured["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"]
    assert (app["client_id"], app["secret"], app["name"]) == ("schools", "shh", "Teachers’ Login")
    assert app["settings"]["server_url"] == "https://login.example/realms/teachers"
    form_action = configured["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"]
    assert [str(source) for source in form_action] == ["'self'", "https://login.example/"]

    monkeypatch.delenv("OIDC_SECRET")
    with pytest.raises(Exception, match="OIDC_SECRET"):
        runpy.run_path(str(BASE_SETTINGS))

    monkeypatch.delenv("OIDC_CLIENT_ID")
    without = runpy.run_path(str(BASE_SETTINGS))
    assert "SOCIALACCOUNT_PROVIDERS" not in without
    assert len(without["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"]) == 1


def test_the_sign_in_page_offers_it_only_when_configured(client, configured, settings):
    assert LOGIN not in client.get("/en/accounts/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = configured["SOCIALACCOUNT_PROVIDERS"]
    page = client.get("/en/accounts/login/").content.decode()
    assert LOGIN in page
    assert "Teachers’ Login" in page


def test_somebody_unknown_is_not_admitted(client, comes_back_as):
    page = comes_back_as(sub="42", email="stranger@b.example", email_verified=True)
    assert page.templates[0].name == "account/signup_closed.html"
    assert nobody_came()
    assert "_auth_user_id" not in client.session


def test_the_same_address_is_not_the_same_person(client, comes_back_as):
    verified(factories.UserFactory(email="ayse@school.example"))
    comes_back_as(sub="42", email="ayse@school.example", email_verified=True)
    assert not SocialAccount.objects.exists()
    assert "_auth_user_id" not in client.session


def test_nor_with_an_invitation_in_hand(client, comes_back_as, school, invitation_token):
    token = invitation_token(school=school, email="ayse@school.example")
    verified(factories.UserFactory(email="ayse@school.example"))
    client.get(f"/en/invitations/{token}/")
    comes_back_as(sub="42", email="ayse@school.example", email_verified=True)
    page = client.post("/en/accounts/3rdparty/signup/", ANSWERS)
    assert page.context["form"].errors["email"] == [
        "There’s already an account with this address. Sign in to join the school."
    ]
    assert not SocialAccount.objects.exists()
    assert "_auth_user_id" not in client.session


def test_an_invitation_for_another_address_does_not_admit(client, comes_back_as, school, invitation_token):
    token = invitation_token(school=school, email="ayse@school.example")
    client.get(f"/en/invitations/{token}/")
    page = comes_back_as(sub="42", email="stranger@b.example", email_verified=True)
    assert page.templates[0].name == "account/signup_closed.html"
    assert nobody_came()
    assert Invitation.objects.get().is_open


def test_an_invited_person_makes_an_account_and_is_known_by_the_subject_from_then_on(
    client, comes_back_as, school, invitation_token
):
    token = invitation_token(school=school, email="ayse@school.example")
    client.get(f"/en/invitations/{token}/")
    form = comes_back_as(sub="42", email="Ayse@school.example")
    assert form.redirect_chain[-1][0] == "/en/accounts/3rdparty/signup/"
    assert not User.objects.exists()

    client.post("/en/accounts/3rdparty/signup/", {**ANSWERS, "email": "attacker@evil.example"})

    user = User.objects.get()
    assert (user.email, user.name, user.has_usable_password()) == ("ayse@school.example", "Ayşe Işık", False)
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("ayse@school.example", True)]
    assert (Membership.objects.get().user, Membership.objects.get().school) == (user, school)
    assert (SocialAccount.objects.get().user, SocialAccount.objects.get().uid) == (user, "42")

    client.logout()
    comes_back_as(sub="42", email="moved@elsewhere.example")
    assert client.session["_auth_user_id"] == str(user.pk)
    client.logout()
    comes_back_as(sub="43", email="ayse@school.example", email_verified=True)
    assert "_auth_user_id" not in client.session


def test_an_invitation_that_ends_on_the_way_leaves_nothing(client, comes_back_as, school, invitation_token):
    token = invitation_token(school=school, email="ayse@school.example")
    client.get(f"/en/invitations/{token}/")
    comes_back_as(sub="42", email="ayse@school.example")
    Invitation.objects.update(withdrawn_at="2026-01-01T00:00Z")
    page = client.post("/en/accounts/3rdparty/signup/", ANSWERS)
    assert page.templates[0].name == "account/signup_closed.html"
    assert nobody_came()
