"""A lead's work on the school page: writing, preview, logo and pictures, and the moderators' queue."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.models import School
from community.moderators import moderators_group
from content.models import SiteImage
from directory.forms import PictureForm
from directory.models import Profile, ProfileItem, Status
from directory.pictures import offer_from

from .. import factories
from ..groups.factories import picture
from .factories import ProfileItemFactory

pytestmark = pytest.mark.django_db

TYPED = {
    "city": "Muğla",
    "about": "Biz <b>buradayız</b>.",
    "language": "tr",
    "pillars": ["agency", "inclusion"],
    "website": "isik.example",
}


@pytest.fixture
def edit_url(school) -> str:
    return f"/en/schools/{school.slug}/edit/"


@pytest.fixture
def pictures_url(school) -> str:
    return f"/en/schools/{school.slug}/pictures/"


def upload(**given) -> dict:
    file = SimpleUploadedFile("yard.png", picture(), "image/png")
    return {"kind": "picture", "picture-file": file, "picture-alt": "The yard.", **given}


def test_a_lead_edits_what_is_theirs_to_tell(client, school, lead, teacher, edit_url):
    client.force_login(lead)
    refused = client.post(edit_url, {**TYPED, "website": "javascript:alert(1)", "about": "typed text"})
    assert refused.status_code == 200
    assert set(refused.context["form"].errors) == {"website"}
    assert "typed text" in refused.content.decode()

    saved = client.post(edit_url, {**TYPED, "name": "Başka", "code": "X", "country": "PT"})

    assert saved["Location"] == school.get_absolute_url()
    school.refresh_from_db()
    assert (school.city, school.website, school.about) == ("Muğla", "", TYPED["about"])
    assert (school.profile.language, school.profile.pillars) == ("tr", ["agency", "inclusion"])
    assert (school.name, school.code, school.country.code) == ("Işık Ortaokulu", "TR-77", "TR")
    assert ProfileItem.objects.waiting().get().url == "https://isik.example"
    page = client.get(edit_url).content.decode()
    assert "https://isik.example" in page
    assert "Until then, visitors won’t see a link." in page

    client.force_login(teacher)
    answer = client.post(edit_url, TYPED)
    assert answer.status_code == 403
    assert "Only a school lead at Işık Ortaokulu can edit this page." in answer.content.decode()


def test_the_preview_shows_the_whole_page_and_writes_nothing(client, school, lead, edit_url):
    item = ProfileItemFactory(school=school, image__uploaded_by_user=lead)
    client.force_login(lead)
    answer = client.post(edit_url, {**TYPED, "preview": "1"})
    page = answer.content.decode()
    assert answer.templates[0].name == "directory/school.html"
    for shown in (
        "Biz &lt;b&gt;buradayız&lt;/b&gt;.",
        "Muğla",
        "Student agency",
        'href="https://isik.example"',
        item.alt,
        "waiting for a moderator",
        "You haven’t saved anything yet.",
    ):
        assert shown in page
    assert "application/ld+json" not in page
    school.refresh_from_db()
    assert (school.about, school.city) == ("", "Diyarbakır")
    assert not Profile.objects.exists()
    assert ProfileItem.objects.get() == item

    # The preview's hidden fields save exactly what was typed, and going back keeps it.
    carried = dict.fromkeys(re.findall(r'type="hidden" name="(\w+)"', page))
    assert set(carried) == {"csrfmiddlewaretoken", *TYPED}
    back = client.post(edit_url, {**TYPED, "back": "1"})
    assert back.context["form"]["about"].value() == TYPED["about"]
    assert not Profile.objects.exists()
    client.post(edit_url, TYPED)
    school.refresh_from_db()
    assert school.about == TYPED["about"]


def test_an_uploaded_picture_waits_and_only_leads_see_it(client, school, lead, pictures_url):
    client.force_login(lead)
    assert client.post(pictures_url, upload())["Location"] == pictures_url
    item = ProfileItem.objects.get()
    assert (item.status, item.alt, item.offered_by, item.image.uploaded_by_user) == (
        Status.WAITING,
        "The yard.",
        lead,
        lead,
    )
    assert "The yard." in client.get(pictures_url).content.decode()
    assert "The yard." in client.get(f"/en/schools/{school.slug}/preview/").content.decode()
    assert "The yard." not in client.get(school.get_absolute_url()).content.decode()
    client.logout()
    assert "The yard." not in client.get(school.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"picture-alt": ""}, "alt"),
        ({"picture-file": SimpleUploadedFile("yard.png", b"no picture", "image/png")}, "file"),
        ({"picture-file": ""}, "file"),
        ({"picture-shows_pupils": "on", "picture-consent_until": "2999-01-01"}, "consent_holder"),
        ({"picture-shows_pupils": "on", "picture-consent_holder": "Office"}, "consent_until"),
        (
            {
                "picture-shows_pupils": "on",
                "picture-consent_holder": "Office",
                "picture-consent_until": "2020-01-01",
            },
            "consent_until",
        ),
    ],
)
def test_what_is_missing_is_said_beside_the_field(client, lead, pictures_url, given, field):
    client.force_login(lead)
    answer = client.post(pictures_url, upload(**given))
    assert set(answer.context["picture_form"].errors) == {field}
    assert not answer.context["logo_form"].is_bound
    assert not ProfileItem.objects.exists()


def test_pictures_come_no_faster_than_anybody_chooses_them(client, lead, pictures_url, settings):
    settings.ACCOUNT_RATE_LIMITS = {"upload": "1/m/user"}
    client.force_login(lead)
    client.post(pictures_url, upload())
    answer = client.post(pictures_url, upload())
    assert set(answer.context["picture_form"].errors) == {"file"}
    assert ProfileItem.objects.count() == 1


def test_a_file_that_arrived_is_not_chosen_twice(client, lead, pictures_url):
    client.force_login(lead)
    page = client.post(pictures_url, upload(**{"picture-alt": ""})).content.decode()
    kept = re.search(r'name="picture-kept" value="([^"]+)"', page)[1]
    image = SiteImage.objects.get()

    # The signature is valid only for this person and form.
    other = factories.MembershipFactory(school=School.objects.get(code="TR-77"), lead=True).user
    client.force_login(other)
    answer = client.post(pictures_url, {"kind": "picture", "picture-alt": "Mine now.", "picture-kept": kept})
    assert set(answer.context["picture_form"].errors) == {"file"}

    client.force_login(lead)
    again = {"kind": "picture", "picture-alt": "The yard.", "picture-kept": kept}
    assert client.post(pictures_url, again).status_code == 302
    assert ProfileItem.objects.get().image == image
    assert set(client.post(pictures_url, again).context["picture_form"].errors) == {"file"}


def test_validating_stores_no_file_and_offering_keeps_it_beside_a_wrong_field(school, lead):
    sent = upload(**{"picture-alt": "The yard.", "picture-shows_pupils": "on"})
    form = PictureForm(sent, {"picture-file": sent["picture-file"]}, by=lead)
    assert not form.is_valid()
    assert not SiteImage.objects.exists()
    assert offer_from(form=form, school=school, by=lead) is None
    image = SiteImage.objects.get()
    assert (image.title, image.uploaded_by_user) == ("The yard.", lead)
    assert form["kept"].value()
    assert not ProfileItem.objects.exists()


def test_a_lead_removes_a_picture(client, school, lead, pictures_url):
    item = ProfileItemFactory(school=school, shown=True)
    elsewhere = ProfileItemFactory(shown=True)
    client.force_login(lead)
    assert client.post(reverse("remove_picture", args=[school.slug, elsewhere.pk])).status_code == 404
    assert client.post(reverse("remove_picture", args=[school.slug, item.pk]))["Location"] == pictures_url
    assert not ProfileItem.objects.filter(school=school, status=Status.SHOWN).exists()
    assert ProfileItem.objects.filter(pk=elsewhere.pk, status=Status.SHOWN).exists()


@pytest.fixture
def central(client):
    user = factories.moderator()
    user.groups.add(moderators_group())
    client.force_login(user)
    return user


def test_the_queue_shows_what_waits_in_ones_countries(client, school, moderator):
    ProfileItemFactory(school=school, alt="waits here")
    ProfileItemFactory(school=school, logo=True, shown=True, alt="shown here")
    ProfileItemFactory(school=school, logo=True, alt="logo that waits")
    ProfileItemFactory(school__country="PT", alt="waits elsewhere")
    ProfileItemFactory(school=school, refused=True, alt="refused here")
    client.force_login(moderator)
    page = client.get("/admin/school-pages/").content.decode()
    assert [words in page for words in ("waits here", "logo that waits", "waits elsewhere", "refused here")] == [
        True,
        True,
        False,
        False,
    ]
    # The item it would replace is shown beside it.
    assert "shown here" in page
    shown = client.get("/admin/school-pages/?state=shown").content.decode()
    assert ("shown here" in shown, "waits here" in shown) == (True, False)
    assert client.get("/admin/school-pages/?state=nonsense&p=99").status_code == 200


def test_deciding_in_the_queue(client, school, lead, moderator):
    one, other = ProfileItemFactory(school=school), ProfileItemFactory(school=school)
    client.force_login(moderator)
    client.post(reverse("school_pages:approve", args=[one.pk]))
    client.post(reverse("school_pages:refuse", args=[other.pk]), {"reason": "Blurred."})
    empty = client.post(reverse("school_pages:take_off", args=[one.pk]), {"reason": " "}, follow=True)
    assert "Tell the school why." in empty.content.decode()
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.status, other.status, other.reason) == (Status.SHOWN, Status.REFUSED, "Blurred.")
    client.post(reverse("school_pages:take_off", args=[one.pk]), {"reason": "A pupil asked."})
    one.refresh_from_db()
    assert one.status == Status.REFUSED
    elsewhere = ProfileItemFactory(school__country="PT")
    for action in ("approve", "refuse", "take_off"):
        answer = client.post(reverse(f"school_pages:{action}", args=[elsewhere.pk]), {"reason": "x"}, follow=True)
        assert answer.status_code == 404
    assert ProfileItem.objects.waiting().get() == elsewhere


def test_the_queue_asks_as_much_for_many(client, school, central):
    def queries() -> int:
        client.get("/admin/school-pages/")
        with CaptureQueriesContext(connection) as seen:
            client.get("/admin/school-pages/")
        return len(seen)

    ProfileItemFactory(school=school, logo=True)
    one = queries()
    for _number in range(12):
        ProfileItemFactory(logo=True)
    client.get("/admin/school-pages/")
    assert queries() == one


def test_the_history_of_a_school_tells_the_decision(client, school, central):
    item = ProfileItemFactory(school=school)
    client.post(reverse("school_pages:refuse", args=[item.pk]), {"reason": "Blurred."})
    history = client.get(f"/admin/snippets/community/school/history/{school.pk}/").content.decode()
    assert "Declined for the school’s page: picture" in history
