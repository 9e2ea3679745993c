from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from community.models import Confirmation, Invitation, Membership, Role, User
from community.models.users import validate_time_zone
from community.sign_in.adapters import AccountAdapter
from community.time_zones import OF_COUNTRY, time_zone_choices, time_zone_of

from ... import factories
from ..conftest import verified

PASSWORD = "kırmızı-uçurtma-7"
SIGNUP = "/en/accounts/signup/"
ANSWERS = {
    "name": "Ayşe Işık",
    "language": "tr",
    "time_zone": "Europe/Istanbul",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(client, school, invitation_token):
    """Return a browser in which a visitor has opened the invitation for ayse@school.example."""
    token = invitation_token(school=school, email="ayse@school.example", role=Role.LEAD, language="tr")
    client.get(f"/en/invitations/{token}/")
    return client


def nobody_came() -> bool:
    return not (User.objects.exists() or Membership.objects.exists() or EmailAddress.objects.exists())


def test_the_link_leaves_the_address_bar_and_shows_the_invitation(client, school, lead, invitation_token):
    token = invitation_token(school=school, email="ayse@school.example", by=lead, confirmed_by=Confirmation.LEAD)
    response = client.get(f"/en/invitations/{token}/")
    assert (response.status_code, response["Location"]) == (302, "/en/invitations/")
    page = client.get("/en/invitations/").content.decode()
    for shown in ("Işık Ortaokulu", "Leyla Çelik", "teacher", "ayse@school.example", SIGNUP):
        assert shown in page
    assert "/en/accounts/login/?next=%2Fen%2Finvitations%2F" in page
    assert token not in page


def test_without_an_invitation_there_is_no_account(client):
    response = client.post(SIGNUP, {**ANSWERS, "email": "stranger@b.example"})
    assert response.templates[0].name == "account/signup_closed.html"
    assert nobody_came()


def test_a_wrong_link_says_so_and_forgets_the_one_before(opened):
    opened.get("/en/invitations/no-such-token/")
    assert "There’s no open invitation here" in opened.get("/en/invitations/").content.decode()
    opened.post(SIGNUP, ANSWERS)
    assert nobody_came()


def test_an_account_is_made_and_the_school_joined_in_one_step(opened, school):
    response = opened.post(SIGNUP, ANSWERS)

    assert (response.status_code, response["Location"]) == (302, reverse("dashboard"))
    user = User.objects.get()
    assert (user.email, user.name, user.language, user.time_zone) == (
        "ayse@school.example",
        "Ayşe Işık",
        "tr",
        "Europe/Istanbul",
    )
    assert user.check_password(PASSWORD)
    address = EmailAddress.objects.get()
    assert (address.user, address.email, address.verified, address.primary) == (user, user.email, True, True)
    membership = Membership.objects.get()
    assert (membership.user, membership.school, membership.role) == (user, school, Role.LEAD)
    assert opened.get("/en/profile/").status_code == 200
    assert "There’s no open invitation here" in opened.get("/en/invitations/").content.decode()


def test_the_address_is_the_invitations_whatever_is_posted(opened):
    opened.post(SIGNUP, {**ANSWERS, "email": "attacker@evil.example"})
    assert User.objects.get().email == "ayse@school.example"
    assert not EmailAddress.objects.filter(email="attacker@evil.example").exists()


def test_the_mail_proved_its_own_address_only(opened, rf):
    request = rf.get("/")
    request.session = opened.session
    adapter = AccountAdapter(request)
    assert adapter.is_email_verified(request, "Ayse@school.example")
    assert not adapter.is_email_verified(request, "second@school.example")
    Invitation.objects.update(expires_at=timezone.now())
    assert not adapter.is_email_verified(request, "ayse@school.example")


def test_no_privilege_is_taken_from_the_form(opened):
    opened.post(SIGNUP, {**ANSWERS, "is_superuser": "on", "is_staff": "on", "role": "lead"})
    assert not User.objects.get().is_superuser


def test_the_form_proposes_what_the_invitation_knows(client, invitation_token):
    school = factories.SchoolFactory(labelled=True, country="PT")
    token = invitation_token(school=school, email="a@b.example", name="João Lopes", language="tr")
    client.get(f"/en/invitations/{token}/")
    form = client.get(SIGNUP).context["form"]
    assert {name: form[name].value() for name in ("email", "name", "language", "time_zone")} == {
        "email": "a@b.example",
        "name": "João Lopes",
        "language": "tr",
        "time_zone": "Europe/Lisbon",
    }
    assert form.fields["email"].disabled


@pytest.mark.parametrize("end", ["expired", "withdrawn", "used"])
def test_a_closed_invitation_opens_no_account(opened, end):
    now = timezone.now()
    Invitation.objects.update(
        **{"expired": {"expires_at": now}, "withdrawn": {"withdrawn_at": now}}.get(end, {"used_at": now})
    )
    response = opened.post(SIGNUP, ANSWERS)
    assert response.templates[0].name == "account/signup_closed.html"
    assert nobody_came()
    words = {"expired": "has expired", "withdrawn": "has been withdrawn", "used": "has already been used"}[end]
    page = opened.get("/en/invitations/").content.decode()
    assert words in page
    assert SIGNUP not in page


def test_an_invitation_that_ends_while_the_form_is_sent_leaves_nothing(opened, monkeypatch):
    original = Invitation.is_open
    monkeypatch.setattr(Invitation, "is_open", True)
    Invitation.objects.update(expires_at=timezone.now())
    response = opened.post(SIGNUP, ANSWERS)
    monkeypatch.setattr(Invitation, "is_open", original)

    assert (response.status_code, response["Location"]) == (302, "/en/invitations/")
    assert nobody_came()
    page = opened.get("/en/invitations/").content.decode()
    assert "This invitation has expired." in page
    assert "_auth_user_id" not in opened.session


def test_the_form_sent_twice_makes_one_account(opened):
    opened.post(SIGNUP, ANSWERS)
    opened.post(SIGNUP, ANSWERS)
    assert User.objects.count() == Membership.objects.count() == 1


def test_a_replayed_link_admits_nobody_else(opened, school, invitation_token):
    token = invitation_token(school=school, email="second@school.example")
    opened.get(f"/en/invitations/{token}/")
    opened.post(SIGNUP, ANSWERS)
    opened.logout()
    opened.get(f"/en/invitations/{token}/")
    assert "has already been used" in opened.get("/en/invitations/").content.decode()
    opened.post(SIGNUP, ANSWERS)
    assert User.objects.count() == 1


def test_a_known_address_signs_in_instead(opened):
    verified(factories.UserFactory(email="ayse@school.example"))
    page = opened.get("/en/invitations/").content.decode()
    assert "You already have an account with this address." in page
    assert SIGNUP not in page

    response = opened.post(SIGNUP, ANSWERS)

    assert response.context["form"].errors["email"] == [
        "There’s already an account with this address. Sign in to join the school."
    ]
    assert User.objects.count() == 1
    assert not Membership.objects.exists()


def test_signing_in_keeps_the_invitation_and_joining_is_one_click(opened, school):
    user = verified(factories.UserFactory(email="ayse@school.example"))
    user.set_password(PASSWORD)
    user.save()
    response = opened.post("/en/accounts/login/?next=/en/invitations/", {"login": user.email, "password": PASSWORD})
    assert response["Location"] == "/en/invitations/"
    page = opened.get("/en/invitations/").content.decode()
    assert "Join school" in page

    assert not Membership.objects.exists()
    response = opened.post("/en/invitations/")

    assert response["Location"] == reverse("dashboard")
    assert Membership.objects.get().user == user
    assert opened.post("/en/invitations/").status_code == 200
    assert Membership.objects.count() == 1


def test_another_person_cannot_join(opened):
    opened.force_login(verified(factories.UserFactory()))
    page = opened.get("/en/invitations/").content.decode()
    assert "This invitation was sent to a different email address." in page
    assert "Join school" not in page
    opened.post("/en/invitations/")
    assert not Membership.objects.exists()
    assert Invitation.objects.get().is_open


def test_a_visitor_joins_nothing_by_posting(opened):
    assert opened.post("/en/invitations/").status_code == 200
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_after_signing_in_one_stays_on_the_site(client, target):
    user = verified(factories.UserFactory())
    user.set_password(PASSWORD)
    user.save()
    response = client.post("/en/accounts/login/", {"login": user.email, "password": PASSWORD, "next": target})
    assert response["Location"] == reverse("dashboard")


def test_a_reset_is_mailed_to_known_addresses_only_and_answers_the_same(client, mailoutbox):
    user = verified(factories.UserFactory())
    answers = {
        address: client.post("/en/accounts/password/reset/", {"email": address}, follow=True)
        for address in (user.email, "nobody@b.example")
    }
    assert [mail.to for mail in mailoutbox] == [[user.email]]
    known, unknown = answers.values()
    assert known.redirect_chain == unknown.redirect_chain
    assert known.status_code == unknown.status_code == 200


def test_links_in_mails_come_from_the_setting_and_never_from_the_request(client, mailoutbox, settings):
    settings.SITE_URL = "https://schools.example"
    user = verified(factories.UserFactory(language="tr"))
    client.post("/en/accounts/password/reset/", {"email": user.email}, headers={"host": "localhost"})
    (mail,) = mailoutbox
    html = mail.alternatives[0].content
    links = [word for word in mail.body.split() if "://" in word]
    assert {urlsplit(link).netloc for link in links} == {"schools.example"}
    for text in (mail.subject, mail.body, html):
        assert "localhost" not in text
    assert 'lang="tr"' in html
    assert '<h1 style="' in html
    # The text is that of our HTML, not of the package.
    assert mail.body.startswith(f"{mail.subject}\n\n")
    assert mail.body.count("https://schools.example/tr/accounts/password/reset/key/") == 1
    assert "\n\n-- \n" in mail.body


def test_a_new_address_is_confirmed_on_this_site(client, mailoutbox, settings):
    settings.SITE_URL = "https://schools.example"
    user = verified(factories.UserFactory())
    user.set_password(PASSWORD)
    user.save()
    client.post("/en/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/en/accounts/email/", {"action_add": "", "email": "new@b.example"})
    (mail,) = [mail for mail in mailoutbox if mail.to == ["new@b.example"]]
    assert "https://schools.example/en/accounts/confirm-email/" in mail.body
    assert "testserver" not in mail.body


def test_every_proposed_zone_can_be_chosen():
    offered = {zone for _region, zones in time_zone_choices() for zone, _name in zones}
    assert set(OF_COUNTRY.values()) <= offered
    assert time_zone_of("TR") == "Europe/Istanbul"
    assert time_zone_of("??") in offered


def test_the_zones_are_read_from_the_disk_once(monkeypatch):
    offered = time_zone_choices()

    def disk():
        raise AssertionError("read again")

    monkeypatch.setattr("zoneinfo.available_timezones", disk)
    monkeypatch.setattr("community.time_zones.available_timezones", disk)
    assert time_zone_choices() == offered
    validate_time_zone("Europe/Istanbul")
    with pytest.raises(ValidationError):
        validate_time_zone("Europe/Atlantis")
