import csv
import io

import openpyxl
import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from wagtail.log_actions import log
from zeal import zeal_ignore

from community.access import access_of, is_moderator, moderates
from community.models import Label, School, SupportOrganisation, User
from community.moderators import appoint, moderators_group
from home.site_setup import set_up_site

from .. import factories
from ..factories import today

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def packages_load_as_they_like():
    with zeal_ignore():
        yield


@pytest.fixture
def with_second_factor(settings):
    """Require a second factor for moderators, and return a function that signs a person in with one."""
    settings.REQUIRE_MODERATOR_SECOND_FACTOR = True

    def sign_in(client, user):
        Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {}})
        client.force_login(user)

    return sign_in


@pytest.fixture
def central(client, with_second_factor) -> User:
    user = factories.UserFactory(name="Merkez")
    appoint(organisation=factories.SupportOrganisationFactory(central=True), user=user)
    with_second_factor(client, user)
    return user


def test_a_moderator_sets_up_a_second_factor_before_anything_else(client, central):
    Authenticator.objects.all().delete()
    for url in ("/admin/", "/admin/pages/", "/admin/account/", "/admin/snippets/community/school/"):
        response = client.get(url)
        assert (response.status_code, response["Location"]) == (302, "/en/second-factor/")
    page = client.get("/en/second-factor/").content.decode()
    for way in ("mfa_activate_totp", "mfa_add_webauthn"):
        assert reverse(way) in page

    Authenticator.objects.create(user=central, type=Authenticator.Type.TOTP, data={})
    assert client.get("/admin/").status_code == 200
    assert client.get("/en/second-factor/")["Location"] == reverse("mfa_index")


def test_without_a_second_factor_a_moderator_is_nobody_anywhere(client, central):
    """Without a second factor, no part of the site and no verb treats them as a moderator."""
    assert is_moderator(central)
    Authenticator.objects.all().delete()
    assert not is_moderator(central)
    assert not access_of(central).reads_members_content
    assert not moderates(central, "TR")


def test_the_admins_sign_out_signs_out(client, central):
    assert client.get("/admin/logout/").status_code == 405
    assert client.get("/admin/").status_code == 200
    assert client.post("/admin/logout/").status_code == 302
    assert "/accounts/login/" in client.get("/admin/")["Location"]


def test_recovery_codes_alone_are_no_second_factor(client, central):
    Authenticator.objects.all().delete()
    Authenticator.objects.create(user=central, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert client.get("/admin/")["Location"] == "/en/second-factor/"


def test_only_the_setting_lifts_it(client, central, settings):
    Authenticator.objects.all().delete()
    settings.REQUIRE_MODERATOR_SECOND_FACTOR = False
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("prefix", ["", "/en", "/tr"])
def test_wagtails_login_by_password_alone_is_nowhere(prefix, client):
    url = f"{prefix}/_util/login/"
    assert client.get(url, follow=True).status_code == 404
    assert client.post(url, {"username": "x", "password": "y"}, follow=True).status_code == 404


@pytest.mark.parametrize(
    "app", ["bulk/practices/practice/delete", "bulk/community/school/delete", "snippets/choose/community/school"]
)
def test_views_of_wagtail_that_name_hidden_rows_are_closed(app, client, central):
    assert client.get(f"/admin/{app}/?id=all", follow=True).status_code == 404


def test_odd_addresses_are_not_found(client, central):
    for url in ("/en/events/%00/", "/en/learning/%00/", "/files/images/%00", f"/en/learning/{10**19}/done/"):
        assert client.get(url).status_code == 404


@pytest.mark.parametrize("url", ["/admin/login/"])
def test_there_is_one_login(url, client):
    response = client.get(f"{url}?next=/admin/pages/")
    assert response["Location"] == "/en/accounts/login/?next=/admin/pages/"
    assert client.post(url, {"username": "x", "password": "y"}).status_code == 302


def test_who_enters_the_admin(client, personas, with_second_factor):
    entering = set()
    for name, user in personas.named().items():
        client.logout()
        if user:
            # The group alone gives no access.
            user.groups.add(moderators_group())
            with_second_factor(client, user)
        if client.get("/admin/").status_code == 200:
            entering.add(name)
    assert entering == {"organiser", "moderator", "other_moderator"}


@pytest.mark.parametrize("model", ["school", "supportorganisation"])
@pytest.mark.parametrize("part", ["", "add/"])
def test_schools_and_organisations_are_for_central_moderators(model, part, client, personas, with_second_factor):
    entering = set()
    for name, user in personas.named().items():
        client.logout()
        if user:
            user.groups.add(moderators_group())
            with_second_factor(client, user)
        if client.get(f"/admin/snippets/community/{model}/{part}").status_code == 200:
            entering.add(name)
    assert entering == {"organiser"}


def test_nothing_is_deleted_there(client, central, school):
    for url in (
        f"/admin/snippets/community/school/delete/{school.pk}/",
        f"/admin/bulk/community/school/delete/?id={school.pk}",
    ):
        client.post(url)
    assert School.objects.filter(pk=school.pk).exists()


def organisation(**given) -> dict:
    return {
        "name": "Ulusal Destek Servisi",
        "kind": "national",
        "countries": ["TR"],
        "moderator_addresses": "",
        **given,
    }


def test_moderators_are_appointed_and_dismissed_with_their_organisation(client, central):
    stays, goes, comes = factories.UserFactory.create_batch(3)
    client.post(
        "/admin/snippets/community/supportorganisation/add/",
        organisation(moderator_addresses=f"{stays.email}\n{goes.email}"),
    )
    turkey = SupportOrganisation.objects.get(name="Ulusal Destek Servisi")
    assert set(turkey.moderators.all()) == {stays, goes}
    assert goes.groups.get().name == "Moderators"

    edit = f"/admin/snippets/community/supportorganisation/edit/{turkey.pk}/"
    assert client.get(edit).status_code == 200
    client.post(edit, organisation(moderator_addresses=f"{stays.email}\n{comes.email.upper()}"))

    assert set(turkey.moderators.all()) == {stays, comes}
    assert not goes.groups.exists()
    assert comes.groups.get().name == "Moderators"


def test_an_unknown_moderator_is_named(client, central):
    page = client.post(
        "/admin/snippets/community/supportorganisation/add/", organisation(moderator_addresses="nobody@b.example")
    )
    assert "No account found for: nobody@b.example." in page.content.decode()
    assert not SupportOrganisation.objects.filter(name="Ulusal Destek Servisi").exists()


def posted(school: School, *labels: dict) -> dict:
    form = {"name": school.name, "code": school.code, "country": "TR", "city": "Muğla", "website": "", "about": ""}
    form |= {"labels-TOTAL_FORMS": len(labels), "labels-INITIAL_FORMS": sum("id" in label for label in labels)}
    form |= {"labels-MIN_NUM_FORMS": 0, "labels-MAX_NUM_FORMS": 1000}
    for number, label in enumerate(labels):
        form |= {f"labels-{number}-{name}": value for name, value in label.items()}
    return form


def test_a_label_is_withdrawn_and_the_school_is_no_longer_listed(client, central, school):
    label = school.labels.get()
    url = f"/admin/snippets/community/school/edit/{school.pk}/"
    assert client.get(url).status_code == 200
    response = client.post(
        url,
        posted(
            school,
            {
                "id": label.pk,
                "edition": label.edition,
                "starts_on": label.starts_on.isoformat(),
                "ends_on": label.ends_on.isoformat(),
                "revoked_on": today().isoformat(),
                "revoked_reason": "The school closed.",
            },
        ),
    )
    assert response.status_code == 302
    label.refresh_from_db()
    assert (label.revoked_on, label.revoked_reason) == (today(), "The school closed.")
    assert school not in School.objects.labelled()


def test_labels_that_overlap_are_refused_with_words(client, central, school):
    label = school.labels.get()
    existing = {
        "id": label.pk,
        "edition": label.edition,
        "starts_on": label.starts_on.isoformat(),
        "ends_on": label.ends_on.isoformat(),
    }
    url = f"/admin/snippets/community/school/edit/{school.pk}/"
    with_existing = {
        "edition": "x",
        "starts_on": label.ends_on.isoformat(),
        "ends_on": f"{label.ends_on.year + 3}-01-01",
    }
    page = client.post(url, posted(school, existing, with_existing))
    assert "overlap" in page.content.decode()
    one = {"edition": "x", "starts_on": "2040-01-01", "ends_on": "2041-12-31"}
    other = {"edition": "y", "starts_on": "2041-12-31", "ends_on": "2042-12-31"}
    page = client.post(url, posted(school, existing, one, other))
    assert "Two of this school’s label periods overlap." in page.content.decode()
    assert Label.objects.count() == 1


# -- People -----------------------------------------------------------------------------------


def test_people_are_for_site_operators_only(client, central, with_second_factor):
    assert client.get("/admin/users/").status_code != 200
    with_second_factor(client, User.objects.create_superuser("op@b.example", name="Operatör"))
    assert client.get("/admin/users/").status_code == 200


def test_an_operator_adds_and_edits_a_person(client, with_second_factor):
    with_second_factor(client, User.objects.create_superuser("op@b.example", name="Operatör"))
    person = {"email": "New@b.example", "name": "Yeni Kişi", "language": "tr", "time_zone": "Europe/Istanbul"}
    assert "first_name" not in client.get("/admin/users/new/").content.decode()
    assert client.post("/admin/users/new/", person).status_code == 302
    user = User.objects.get(email="new@b.example")
    assert (user.name, user.language, user.has_usable_password()) == ("Yeni Kişi", "tr", False)

    user.set_password("kırmızı-uçurtma-7")
    user.save()
    edit = f"/admin/users/edit/{user.pk}/"
    assert "Yeni Kişi" in client.get(edit).content.decode()
    assert client.post(edit, {**person, "name": "Başka Ad", "is_active": "on"}).status_code == 302
    user.refresh_from_db()
    assert (user.name, user.is_active, user.check_password("kırmızı-uçurtma-7")) == ("Başka Ad", True, True)

    again = client.post("/admin/users/new/", {**person, "email": "NEW@b.example"})
    assert again.status_code == 200
    assert User.objects.filter(email__iexact="new@b.example").count() == 1


def test_a_moderator_changes_their_own_name_in_the_admin(client, central):
    page = client.get("/admin/account/")
    assert page.status_code == 200
    assert "first_name" not in page.content.decode()
    client.post(
        "/admin/account/",
        {"name_email-name": "Yeni Ad", "theme-theme": "system", "theme-density": "default", "theme-contrast": "system"},
    )
    central.refresh_from_db()
    assert central.name == "Yeni Ad"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_the_admin_exports_runs_nowhere_and_fails_on_nothing(client, central, kind):
    writer = factories.UserFactory(name="=HYPERLINK(1)")
    page = set_up_site().get_children().first()
    page.draft_title = "＝Okul\x0b"
    log(instance=page, action="wagtail.edit", user=writer)
    answer = client.get(reverse("wagtailadmin_reports:site_history"), {"export": kind})
    if kind == "csv":
        content = b"".join(answer.streaming_content).decode()
        lines = list(csv.reader(content.splitlines()))
    else:
        lines = list(openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert {"'=HYPERLINK(1)", "'＝Okul"} <= {cell for line in lines for cell in line}
