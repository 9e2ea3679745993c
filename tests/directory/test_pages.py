from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from community.models import School
from community.sections import SCHOOL_SECTIONS_HOOK

from .. import factories

pytestmark = pytest.mark.django_db

STANDINGS = ("labelled", "in_grace", "lapsed", "revoked")


@pytest.fixture
def schools(personas) -> dict[str, School]:
    """Create one school in each standing, none with a persona as a member."""
    return {trait: factories.SchoolFactory(**{trait: True}, name=f"Okul {trait}") for trait in STANDINGS}


def test_who_sees_which_schools(personas, schools):
    everyone = {name: user for name, user in personas.named().items() if user}
    of_standing = {school.pk: trait for trait, school in schools.items()}

    seen = {
        name: {
            of_standing[pk] for pk in School.objects.visible_to(user).values_list("pk", flat=True) if pk in of_standing
        }
        for name, user in everyone.items()
    }

    reading, moderating = {"labelled", "in_grace"}, set(STANDINGS)
    assert seen == {
        "outsider": {"labelled"},
        "lapsed": {"labelled"},
        "revoked": {"labelled"},
        "grace": reading,
        "member": reading,
        "author": reading,
        "lead": reading,
        "organiser": moderating,
        "moderator": moderating,
        "other_moderator": moderating,
    }
    for name in ("lapsed", "revoked", "grace"):
        own = everyone[name].memberships.get().school
        assert own in School.objects.visible_to(everyone[name])
        assert (own in School.objects.visible_to(personas.outsider)) is False


def test_a_page_that_is_hidden_answers_like_one_that_is_not_there(client, schools):
    answers = {}
    for trait, school in schools.items():
        answers[trait] = client.get(f"/en/schools/{school.slug}/")
    missing = client.get("/en/schools/no-such-school/")
    assert {trait: answer.status_code for trait, answer in answers.items()} == {
        "labelled": 200,
        "in_grace": 404,
        "lapsed": 404,
        "revoked": 404,
    }
    for trait in ("in_grace", "lapsed", "revoked"):
        assert f"Okul {trait}" not in answers[trait].content.decode()
        assert answers[trait].content == missing.content.replace(b"no-such-school", schools[trait].slug.encode())


def test_the_page_shows_the_school_and_never_who_belongs_to_it(client, school, teacher):
    School.objects.filter(pk=school.pk).update(
        about="Biz <b>buradayız</b>.", website="https://isik.example/okul", city="Muğla"
    )
    before = school.labels.get().starts_on - timedelta(days=1)
    factories.LabelFactory(school=school, edition="2021–2022", ends_on=before)
    page = client.get(f"/en/schools/{school.slug}/").content.decode()
    for shown in (
        "Işık Ortaokulu",
        "Muğla",
        "Türkiye",
        "2025–2026",
        "2021–2022",
        "isik.example",
        "Biz &lt;b&gt;buradayız",
    ):
        assert shown in page
    assert "Tarık Öz" not in page
    assert teacher.email not in page
    assert "/colleagues/" not in page
    assert "/edit/" not in page


def test_a_slug_in_plain_letters(client):
    school = factories.SchoolFactory(labelled=True, name="Şehit Ömer Çağlı İlköğretim Okulu", code="TR-ĞÜ1")
    assert school.get_absolute_url() == "/en/schools/sehit-omer-cagli-ilkogretim-okulu-tr-gu1/"
    assert client.get(school.get_absolute_url()).status_code == 200


def test_sections_of_other_rooms(client, school):
    sections = [lambda request, shown: f"section of {shown.code} for {request.user}", lambda request, shown: ""]
    with hooks.register_temporarily([(SCHOOL_SECTIONS_HOOK, section) for section in sections]):
        answer = client.get(f"/en/schools/{school.slug}/")
    assert "section of TR-77 for AnonymousUser" in answer.content.decode()
    assert "" not in answer.context["sections"]


def test_the_directory_lists_labelled_schools_in_the_order_of_the_alphabet(client, schools, personas):
    School.objects.filter(pk=personas.school.pk).update(country="PT")
    for name in ("Zeytin Okulu", "Çınar Okulu", "Deniz Okulu", "Ağaç Okulu"):
        factories.SchoolFactory(labelled=True, name=name, country="PT")
    page = client.get("/en/schools/?country=PT")
    assert [school.name for school in page.context["page"].schools] == [
        "Ağaç Okulu",
        "Çınar Okulu",
        "Deniz Okulu",
        "Yıldız Okulu",
        "Zeytin Okulu",
    ]
    everything = client.get("/en/schools/").content.decode()
    assert "Okul labelled" in everything
    for trait in ("in_grace", "lapsed", "revoked"):
        assert f"Okul {trait}" not in everything


def test_the_directory_offers_the_countries_it_has(client):
    factories.SchoolFactory(labelled=True, country="XK")
    factories.SchoolFactory(lapsed=True, country="PT")
    factories.SchoolFactory(labelled=True, country="TR")
    offered = client.get("/en/schools/").context["filters"].fields["country"].choices
    assert offered == [("", "All countries"), ("XK", "Kosovo"), ("TR", "Türkiye")]


def test_paging_keeps_the_country(client):
    for _number in range(25):
        factories.SchoolFactory(labelled=True, country="PT")
    first = client.get("/en/schools/?country=PT").context["page"]
    assert (len(first.schools), first.before) == (24, "")
    assert first.after.startswith("?country=PT&after=")
    second = client.get("/en/schools/" + first.after).context["page"]
    assert (len(second.schools), second.after) == (1, "")
    assert second.schools[0].slug > first.schools[-1].slug
    again = client.get("/en/schools/" + second.before).context["page"]
    assert again.schools == first.schools


def test_the_timeline_names_a_withdrawal_from_its_day_on(client, school, teacher):
    client.force_login(teacher)
    label = school.labels.get()
    label.revoke(reason="The school asked for it.", at=timezone.now().date() + timedelta(days=3))
    response = client.get(school.get_absolute_url())
    assert [(period["state"], period["text"]) for period in response.context["label_periods"]] == [("current", "")]

    label.revoke(reason="The school asked for it.")
    response = client.get(school.get_absolute_url())
    (period,) = response.context["label_periods"]
    assert period["state"] == "bad"
    assert period["text"].startswith("Withdrawn on ")


def queries(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_the_directory_asks_as_much_for_thirty_schools_as_for_one(client, school, teacher):
    client.force_login(teacher)
    url = reverse("school_list")
    one = queries(client, url)
    for number in range(29):
        factories.SchoolFactory(labelled=True, country=["TR", "PT", "FR"][number % 3])
    assert queries(client, url) == one
    assert one <= 8


def test_a_school_page_asks_as_much_for_many_labels(client, school, teacher):
    client.force_login(teacher)
    url = school.get_absolute_url()
    one = queries(client, url)
    for years in range(1, 9):
        label = school.labels.get(edition="2025–2026")
        factories.LabelFactory(
            school=school,
            edition=f"older {years}",
            ends_on=label.starts_on.replace(year=label.starts_on.year - 2 * years),
        )
    assert queries(client, url) == one


@pytest.mark.parametrize("part", ["edit", "pictures", "preview", "colleagues"])
def test_who_opens_the_pages_of_a_school(part, client, personas):
    statuses = {}
    for name, user in personas.named().items():
        client.logout()
        if user:
            client.force_login(user)
        statuses[name] = client.get(f"/en/schools/{personas.school.slug}/{part}/").status_code
    if part != "colleagues":
        assert statuses == {**dict.fromkeys(statuses, 403), "anonymous": 302, "lead": 200}
    else:
        seeing = {"lead", "author", "organiser", "moderator"}
        assert statuses == {**{name: 200 if name in seeing else 404 for name in statuses}, "anonymous": 302}
