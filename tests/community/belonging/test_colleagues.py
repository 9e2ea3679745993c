import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.belonging.invitations import invite
from community.models import Confirmation, Invitation, Membership, Role

from ... import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(school) -> str:
    return f"/en/schools/{school.slug}/colleagues/"


@pytest.fixture
def invitation(school, lead) -> Invitation:
    return invite(
        school=school, email="new@b.example", role=Role.TEACHER, by=lead, confirmed_by=Confirmation.LEAD, language="en"
    )


def test_a_teacher_reads_the_list_and_changes_nothing(client, url, school, lead, teacher, invitation):
    ended = factories.MembershipFactory(
        school=school, user__name="Gone", began_at=timezone.now() - timezone.timedelta(days=2), ended_at=timezone.now()
    )
    client.force_login(teacher)
    page = client.get(url).content.decode()
    assert "Leyla Çelik" in page
    assert "Tarık Öz" in page
    for hidden in ("Gone", "new@b.example", "/remove/", "/withdraw/", "/role/", 'name="email"', lead.email):
        assert hidden not in page
    other = Membership.objects.get(user=lead)
    client.post(url, {"email": "x@b.example", "role": "teacher", "language": "en"})
    client.post(f"{url}{other.pk}/remove/")
    client.post(f"{url}{other.pk}/role/", {"role": "teacher"})
    client.post(f"/en/schools/{school.slug}/invitations/{invitation.pk}/withdraw/")
    assert Invitation.objects.open().get() == invitation
    assert set(Membership.objects.active().values_list("user__name", "role")) == {
        ("Leyla Çelik", "lead"),
        ("Tarık Öz", "teacher"),
    }
    assert client.get(f"{url}{ended.pk}/remove/").status_code == 404


@pytest.mark.parametrize("act", ["invite", "remove", "role", "withdraw"])
def test_a_lead_of_another_school_finds_nothing(act, client, url, school, lead, teacher, invitation):
    stranger = factories.lead(labelled=True)
    client.force_login(stranger)
    pk = Membership.objects.get(user=teacher).pk
    target, data = {
        "invite": (url, {"email": "x@b.example", "role": "teacher", "language": "en"}),
        "remove": (f"{url}{pk}/remove/", {}),
        "role": (f"{url}{pk}/role/", {"role": "lead"}),
        "withdraw": (f"/en/schools/{school.slug}/invitations/{invitation.pk}/withdraw/", {}),
    }[act]
    assert client.post(target, data).status_code == 404
    assert Invitation.objects.open().get() == invitation
    assert Membership.objects.active().filter(school=school, role=Role.TEACHER).get().user == teacher


def test_a_colleague_of_another_school_cannot_be_reached_through_ones_own(client, url, lead):
    foreign = factories.MembershipFactory()
    client.force_login(lead)
    assert client.post(f"{url}{foreign.pk}/remove/").status_code == 404
    assert client.post(f"{url}{foreign.pk}/role/", {"role": "lead"}).status_code == 404
    foreign.refresh_from_db()
    assert (foreign.ended_at, foreign.role) == (None, Role.TEACHER)


def test_inviting(client, url, school, lead):
    client.force_login(lead)
    response = client.post(
        url, {"email": "Yeni@b.example", "name": "Yeni Kişi", "role": "lead", "language": "tr"}, follow=True
    )
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.name, invitation.role, invitation.language) == (
        "yeni@b.example",
        "Yeni Kişi",
        "lead",
        "tr",
    )
    assert (invitation.school, invitation.invited_by, invitation.confirmed_by) == (school, lead, Confirmation.LEAD)
    page = response.content.decode()
    assert "The invitation is on its way to yeni@b.example." in page
    assert "/withdraw/" in page


def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(client, url, lead, teacher):
    client.force_login(lead)
    for address, message in [("no address", "Enter a valid email address."), (teacher.email, "is already a member of")]:
        response = client.post(url, {"email": address, "name": "Typed Name", "role": "lead", "language": "tr"})
        assert response.status_code == 200
        assert message in str(response.context["form"].errors["email"])
        page = response.content.decode()
        assert f'value="{address}"' in page
        assert 'value="Typed Name"' in page
        assert 'aria-invalid="true"' in page
    assert not Invitation.objects.exists()


def test_a_moderator_of_the_country_vouches_for_the_organisation(client, url, school):
    client.force_login(factories.moderator("TR"))
    client.post(url, {"email": "head@b.example", "role": "lead", "language": "en"})
    assert Invitation.objects.get().confirmed_by == Confirmation.ORGANISATION


def test_withdrawing(client, url, school, lead, invitation):
    client.force_login(lead)
    target = f"/en/schools/{school.slug}/invitations/{invitation.pk}/withdraw/"
    assert client.get(target).status_code == 405
    page = client.post(target, follow=True).content.decode()
    assert "The invitation to new@b.example has been withdrawn." in page
    assert not Invitation.objects.open().exists()


def test_removing_asks_first(client, url, lead, teacher):
    membership = Membership.objects.get(user=teacher)
    client.force_login(lead)
    assert "Remove Tarık Öz from Işık Ortaokulu?" in client.get(f"{url}{membership.pk}/remove/").content.decode()
    membership.refresh_from_db()
    assert membership.ended_at is None
    page = client.post(f"{url}{membership.pk}/remove/", follow=True).content.decode()
    assert "Tarık Öz is no longer a member of Işık Ortaokulu." in page
    assert not Membership.objects.active().filter(user=teacher).exists()


def test_removing_oneself_is_leaving(client, url, school, lead):
    client.force_login(lead)
    own = Membership.objects.get(user=lead)
    assert client.post(f"{url}{own.pk}/remove/")["Location"] == f"/en/schools/{school.slug}/leave/"
    assert Membership.objects.active().filter(pk=own.pk).exists()


def test_roles(client, url, lead, teacher):
    membership = Membership.objects.get(user=teacher)
    client.force_login(lead)
    assert (
        "Tarık Öz is now a school lead."
        in client.post(f"{url}{membership.pk}/role/", {"role": "lead"}, follow=True).content.decode()
    )
    membership.refresh_from_db()
    assert membership.role == Role.LEAD
    page = client.post(f"{url}{membership.pk}/role/", {"role": "teacher"}, follow=True).content.decode()
    assert "Tarık Öz is now a teacher." in page
    membership.refresh_from_db()
    assert membership.role == Role.TEACHER


@pytest.mark.parametrize("trait", ["labelled", "in_grace", "lapsed", "revoked"])
def test_one_leaves_a_school_in_any_standing(trait, client):
    membership = factories.MembershipFactory(school=factories.SchoolFactory(**{trait: True}))
    elsewhere = factories.MembershipFactory(user=membership.user)
    colleague = factories.MembershipFactory(school=membership.school)
    url = f"/en/schools/{membership.school.slug}/leave/"
    client.force_login(elsewhere.school.memberships.create(user=factories.UserFactory(), confirmed_by="lead").user)
    assert client.post(url).status_code == 404
    client.force_login(membership.user)
    assert client.get(url).status_code == 200
    assert Membership.objects.active().filter(user=membership.user).count() == 2
    assert client.post(url)["Location"] == "/en/profile/"
    assert Membership.objects.active().filter(user=membership.user).get() == elsewhere
    assert Membership.objects.active().filter(school=membership.school).get() == colleague
    assert client.post(url).status_code == 404


def test_the_last_lead_is_told_why_not(client, school, lead):
    client.force_login(lead)
    page = client.post(f"/en/schools/{school.slug}/leave/", follow=True).content.decode()
    assert "Işık Ortaokulu needs at least one school lead." in page
    assert Membership.objects.active().filter(user=lead).exists()


@pytest.mark.parametrize("trait", ["lapsed", "revoked"])
def test_after_the_grace_period_the_list_is_gone(trait, client):
    membership = factories.MembershipFactory(school=factories.SchoolFactory(**{trait: True}), lead=True)
    client.force_login(membership.user)
    assert client.get(f"/en/schools/{membership.school.slug}/").status_code == 200
    assert client.get(f"/en/schools/{membership.school.slug}/colleagues/").status_code == 404


def test_thirty_colleagues_and_invitations_ask_as_much_as_one(client, url, school, lead, teacher, invitation):
    client.force_login(lead)

    def queries() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    few = queries()
    factories.MembershipFactory.create_batch(28, school=school)
    for number in range(29):
        invite(
            school=school,
            email=f"new{number}@b.example",
            role=Role.TEACHER,
            by=lead,
            confirmed_by=Confirmation.LEAD,
            language="en",
        )
    assert queries() == few
    assert few <= 8


# -- The profile ------------------------------------------------------------------------------


def test_the_profile_saves_and_speaks_the_new_language(client, teacher):
    client.force_login(teacher)
    response = client.post("/en/profile/", {"name": "Tarık Özgür", "language": "tr", "time_zone": "Asia/Baku"})
    assert response["Location"] == "/tr/profile/"
    teacher.refresh_from_db()
    assert (teacher.name, teacher.language, teacher.time_zone) == ("Tarık Özgür", "tr", "Asia/Baku")


def test_a_refused_profile_keeps_what_was_typed_and_changes_nothing(client, teacher):
    client.force_login(teacher)
    response = client.post(
        "/en/profile/",
        {"name": "Typed", "language": "tr", "time_zone": "Mars/Olympus", "email": "x@b.example", "is_superuser": "on"},
    )
    assert set(response.context["form"].errors) == {"time_zone"}
    assert 'value="Typed"' in response.content.decode()
    # The header still shows the saved name.
    assert response.context["user"].name == "Tarık Öz"
    teacher.refresh_from_db()
    assert (teacher.name, teacher.language, teacher.is_superuser) == ("Tarık Öz", "en", False)


def test_the_profile_lists_ones_schools_and_what_they_are_today(client):
    user = factories.UserFactory()
    for trait in ("labelled", "lapsed"):
        factories.MembershipFactory(user=user, school=factories.SchoolFactory(**{trait: True}, name=f"Okul {trait}"))
    client.force_login(user)
    page = client.get("/en/profile/").content.decode()
    for shown in ("Okul labelled", "teacher · holds the label", "Okul lapsed", "teacher · label has expired"):
        assert shown in page


def test_the_profile_is_for_who_signed_in(client):
    for url in ("/en/profile/", "/en/second-factor/"):
        assert client.get(url)["Location"] == f"/en/accounts/login/?next={url.replace('/', '%2F')}"
