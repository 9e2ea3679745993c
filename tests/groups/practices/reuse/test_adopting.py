"""“Our school tried this”: who may report, read and hide it, and what is counted."""

import pytest
from django.core import mail as outbox
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode
from wagtail.models import ModelLogEntry

from content.models import SiteImage
from groups.practices.errors import RefusedError
from groups.practices.models import Adoption
from groups.practices.reuse.adopting import report_adoption, withdraw_adoption
from groups.practices.reuse.forms import ReportForms
from groups.practices.reuse.reporting import report_from
from moderation.errors import ModerationError
from moderation.errors import RefusedError as NotModeratedError
from moderation.hiding.hiding import hide, restore
from moderation.reports.settling import open_reports
from moderation.reports.settling import report as complain

from .... import factories
from ....races import at_the_same_time
from ...factories import AdoptionFactory, PracticeFactory, SiteImageFactory, picture

pytestmark = pytest.mark.django_db
TEXTS = {"context": "Twelve pupils.", "changes": "", "outcome": "They asked for more.", "again": "yes"}


def school_of(person):
    return person.memberships.get().school


def report(practice, by, school=None, **texts):
    return report_adoption(practice=practice, by=by, school_id=(school or school_of(by)).pk, texts=TEXTS | texts)


def adoptions_of(practice) -> int:
    practice.refresh_from_db()
    return practice.adoptions_count


@pytest.fixture
def practice():
    return PracticeFactory(published=True)


def test_a_school_reports_once_and_may_change_it(practice, django_capture_on_commit_callbacks):
    one = factories.member()
    other = factories.MembershipFactory(school=school_of(one)).user
    with django_capture_on_commit_callbacks(execute=True):
        first = report(practice, one)
        second = report(practice, other, outcome="They stayed longer.")

    assert first.pk == second.pk
    assert list(Adoption.objects.values_list("outcome", "author")) == [("They stayed longer.", other.pk)]
    assert adoptions_of(practice) == 1
    # The authors are notified once.
    assert [mail.to for mail in outbox.outbox] == [[practice.author.email]]
    assert "They asked for more." in outbox.outbox[0].body


def test_several_schools_are_counted(practice):
    for _ in range(3):
        report(practice, factories.member())
    assert adoptions_of(practice) == 3


def test_the_authors_school_cannot_try_its_own(practice):
    colleague = factories.MembershipFactory(school=practice.school).user
    with pytest.raises(RefusedError, match="your own school"):
        report(practice, colleague)
    assert adoptions_of(practice) == 0


def test_who_belongs_to_two_schools_reports_for_the_other_one(practice):
    person = factories.member()
    factories.MembershipFactory(user=person, school=practice.school)
    with pytest.raises(RefusedError, match="this school"):
        report_adoption(practice=practice, by=person, school_id=practice.school_id, texts=TEXTS)
    other = person.memberships.exclude(school=practice.school).get().school
    assert report(practice, person, other).school == other


def test_nobody_reports_for_a_school_of_others(practice):
    with pytest.raises(RefusedError, match="this school"):
        report(practice, factories.member(), school_of(factories.member()))


@pytest.mark.parametrize("standing", ["in_grace", "lapsed", "revoked"])
def test_without_a_running_label_nobody_reports(practice, standing):
    with pytest.raises(RefusedError):
        report(practice, factories.member(**{standing: True}))


def test_what_is_not_on_the_site_cannot_be_reported_on():
    with pytest.raises(RefusedError, match="no longer on the site"):
        report(PracticeFactory(), factories.member())


def test_pictures_keep_their_order_and_follow_what_was_chosen_last(practice):
    person = factories.member()
    first, second = SiteImageFactory(), SiteImageFactory()
    rows = [{"image": first, "alt": "one"}, {"image": second, "alt": "two"}]
    school_id = school_of(person).pk
    kept = report_adoption(practice=practice, by=person, school_id=school_id, texts=TEXTS, pictures=rows)
    assert list(kept.pictures.values_list("alt", flat=True)) == ["one", "two"]
    report_adoption(practice=practice, by=person, school_id=school_id, texts=TEXTS, pictures=rows[1:])
    assert list(Adoption.objects.get().pictures.values_list("alt", flat=True)) == ["two"]


def test_a_school_takes_its_report_back_and_gives_it_again(practice):
    person = factories.member()
    kept = report(practice, person)
    withdraw_adoption(report=kept, by=person)
    withdraw_adoption(report=kept, by=person)
    assert (adoptions_of(practice), Adoption.objects.shown().count()) == (0, 0)
    assert ModelLogEntry.objects.filter(action="groups.withdraw_adoption").count() == 1
    report(practice, person)
    assert adoptions_of(practice) == 1


def test_others_do_not_take_it_back(practice):
    kept = report(practice, factories.member())
    with pytest.raises(RefusedError):
        withdraw_adoption(report=kept, by=factories.member())
    assert adoptions_of(practice) == 1


def test_a_moderator_hides_a_report_with_a_reason_and_shows_it_again(practice, django_capture_on_commit_callbacks):
    person, moderator = factories.member(), factories.moderator("TR")
    kept = report(practice, person)
    with pytest.raises(ModerationError, match="why"):
        hide(thing=kept, by=moderator, reason="  ")
    with django_capture_on_commit_callbacks(execute=True):
        hide(thing=kept, by=moderator, reason="It names a pupil.")
        hide(thing=kept, by=moderator, reason="Again.")
    assert adoptions_of(practice) == 0
    assert [mail.to for mail in outbox.outbox] == [[person.email]]
    assert "It names a pupil." in outbox.outbox[0].body
    with pytest.raises(RefusedError, match="hidden"):
        report(practice, person)

    restore(thing=kept, by=moderator)
    kept.refresh_from_db()
    assert (kept.live, kept.hidden_reason, adoptions_of(practice)) == (True, "", 1)
    assert set(ModelLogEntry.objects.values_list("action", flat=True)) >= {
        "groups.hide_adoption",
        "groups.restore_adoption",
    }


def test_hiding_settles_what_members_said_against_it(practice):
    kept, moderator = report(practice, factories.member()), factories.moderator("TR")
    complain(kind="try", about_id=kept.pk, by=factories.member(), reason="It names a pupil.")
    assert open_reports(moderator).count() == 1
    hide(thing=kept, by=moderator, reason="It names a pupil.")
    assert open_reports(moderator).count() == 0


@pytest.mark.parametrize("verb", ["hide", "restore"])
def test_only_moderators_of_its_country_hide_and_restore(practice, verb):
    kept = report(practice, factories.member())
    for person in (factories.member(), factories.moderator("PT"), practice.author):
        with pytest.raises(NotModeratedError):
            hide(thing=kept, by=person, reason="No.") if verb == "hide" else restore(thing=kept, by=person)


def test_a_moderator_does_not_bring_back_what_the_school_took_back(practice):
    person = factories.member()
    kept = report(practice, person)
    withdraw_adoption(report=kept, by=person)
    restore(thing=kept, by=factories.moderator("TR"))
    assert adoptions_of(practice) == 0


def test_reports_are_for_members_even_on_a_public_practice():
    shown = AdoptionFactory(practice=PracticeFactory(published=True, public=True))
    AdoptionFactory(practice=PracticeFactory())
    AdoptionFactory(live=False, hidden_reason="No.")
    hidden = Adoption.objects.get(live=False)

    visible = Adoption.objects.visible_to
    assert list(visible(factories.member())) == [shown]
    assert list(visible(factories.UserFactory())) == []
    assert set(Adoption.objects.open_to(factories.moderator("TR"))) == {shown, hidden}
    assert set(Adoption.objects.open_to(factories.moderator("PT"))) == {shown}


def test_the_form_reports_and_comes_back_with_what_was_typed(client, practice):
    client.force_login(factories.member())
    url = reverse("adoption_report", args=[practice.pk])
    form = client.get(url).context["forms"]
    school = form.text["school"].value()
    rows = {"pictures-TOTAL_FORMS": 1, "pictures-INITIAL_FORMS": 0}

    refused = client.post(url, TEXTS | rows | {"school": school, "outcome": ""})
    assert refused.status_code == 422
    assert list(refused.context["forms"].text.errors) == ["outcome"]
    assert "Twelve pupils." in refused.content.decode()

    files = {"pictures-0-file": SimpleUploadedFile("a.png", picture()), "pictures-0-alt": "Our maps"}
    refused = client.post(url, TEXTS | rows | {"school": school} | files)
    assert list(refused.context["forms"].pictures[0].errors) == ["no_faces"]
    kept = refused.context["forms"].pictures[0]["image"].value()

    files = {"pictures-0-image": kept, "pictures-0-alt": "Our maps", "pictures-0-no_faces": "on"}
    assert client.post(url, TEXTS | rows | {"school": school} | files).status_code == 302
    assert Adoption.objects.get().pictures.get().alt == "Our maps"


def test_validating_stores_no_picture_and_reporting_keeps_it_beside_a_wrong_field(practice):
    person = factories.member()
    rows = {"pictures-TOTAL_FORMS": "1", "pictures-INITIAL_FORMS": "0", "pictures-0-alt": "Our maps"}
    data = QueryDict(urlencode({"school": school_of(person).pk, **TEXTS, "outcome": "", **rows}))
    files = MultiValueDict({"pictures-0-file": [SimpleUploadedFile("a.png", picture())]})
    forms = ReportForms(practice, person, None, data, files)
    assert not forms.is_valid()
    assert not SiteImage.objects.exists()
    assert report_from(forms=forms, practice=practice, by=person) is None
    assert forms.pictures.forms[0]["image"].value() == str(SiteImage.objects.get().pk)
    assert not Adoption.objects.exists()


def test_other_members_can_report_it_to_the_moderators(client):
    report = AdoptionFactory()
    address = reverse("report_new", args=["try", report.pk])
    for person, offered in ((factories.member(), True), (report.author, False), (factories.moderator("TR"), False)):
        client.force_login(person)
        page = client.get(reverse("adoption_list", args=[report.practice_id])).content.decode()
        assert (f'href="{address}"' in page) is offered
    client.force_login(factories.member())
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("rows", [1, 30])
def test_many_reports_ask_as_much_as_one(client, practice, rows, django_assert_num_queries):
    for _ in range(rows):
        AdoptionFactory(practice=practice)
    client.force_login(factories.member())
    url = reverse("adoption_list", args=[practice.pk])
    client.get(url)
    # session, user, access, unread, practice, co-authors, reports, pictures
    with django_assert_num_queries(8):
        assert client.get(url).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_once_make_one_report(practice):
    one = factories.member()
    other = factories.MembershipFactory(school=school_of(one)).user
    assert at_the_same_time(lambda: report(practice, one), lambda: report(practice, other)) == []
    assert (Adoption.objects.count(), adoptions_of(practice)) == (1, 1)
