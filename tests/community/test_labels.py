from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from community.models import Label, LabelState, School, Standing
from community.models.labels import overlap
from community.models.schools import complete

from .. import factories
from ..factories import today

pytestmark = pytest.mark.django_db


def test_the_database_refuses_overlapping_periods():
    label = factories.LabelFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.LabelFactory(school=label.school, starts_on=label.ends_on, ends_on=label.ends_on + timedelta(days=9))
    later = factories.LabelFactory(
        school=label.school, starts_on=label.ends_on + timedelta(days=1), ends_on=label.ends_on + timedelta(days=9)
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Label.objects.filter(pk=later.pk).update(starts_on=label.ends_on)
    factories.LabelFactory(starts_on=label.starts_on, ends_on=label.ends_on)


def test_an_overlap_is_explained():
    label = factories.LabelFactory()
    with pytest.raises(ValidationError, match="overlaps with the same school’s 2025–2026 label"):
        Label(school=label.school, edition="x", starts_on=label.starts_on, ends_on=label.ends_on).full_clean()


def test_a_label_ends_after_it_starts():
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.LabelFactory(starts_on=today(), ends_on=today())


def test_standings_and_directory():
    schools = {
        standing: factories.SchoolFactory(**{trait: True})
        for standing, trait in {
            Standing.LABELLED: "labelled",
            Standing.GRACE: "in_grace",
            Standing.LAPSED: "lapsed",
            Standing.REVOKED: "revoked",
        }.items()
    }
    assert dict(School.objects.with_standing().values_list("pk", "standing")) == {
        school.pk: standing for standing, school in schools.items()
    }
    assert list(School.objects.labelled()) == [schools[Standing.LABELLED]]


def test_slugs_survive_turkish_letters():
    assert factories.SchoolFactory(name="Işık Çağdaş Ortaokulu", code="TR-9").slug == "isik-cagdas-ortaokulu-tr-9"


def test_a_label_counts_until_the_day_it_is_withdrawn():
    """This also holds if the day is in the future, or if the query is for an earlier date."""
    withdrawn_on = today() + timedelta(days=5)
    label = factories.LabelFactory(revoked_on=withdrawn_on)
    factories.LabelFactory(edition="withdrawn long ago", revoked_on=today() - timedelta(days=50))
    held = {
        at: (
            label in Label.objects.valid(at),
            label in Label.objects.revoked(at),
            School.objects.with_standing(at).get(pk=label.school_id).standing,
        )
        for at in (today(), withdrawn_on - timedelta(days=1), withdrawn_on, withdrawn_on + timedelta(days=1))
    }
    assert list(held.values()) == [
        (True, False, Standing.LABELLED),
        (True, False, Standing.LABELLED),
        (False, True, Standing.REVOKED),
        (False, True, Standing.REVOKED),
    ]
    assert set(School.objects.labelled()) == {label.school}


def test_a_label_withdrawn_after_its_end_ends_the_grace_period_on_that_day():
    label = factories.LabelFactory(in_grace=True, revoked_on=today())
    other = factories.LabelFactory(in_grace=True, revoked_on=today() + timedelta(days=1))
    assert set(Label.objects.in_grace()) == {other}
    assert set(Label.objects.in_grace(today() - timedelta(days=1))) == {label, other}
    assert set(Label.objects.in_grace(today() + timedelta(days=1))) == set()


def test_a_label_says_what_it_is_on_a_day():
    label = factories.LabelFactory()
    days = {
        label.starts_on - timedelta(days=1): LabelState.TO_COME,
        label.starts_on: LabelState.RUNNING,
        label.ends_on: LabelState.RUNNING,
        label.ends_on + timedelta(days=1): LabelState.ENDED,
    }
    assert {at: label.state_on(at) for at in days} == days
    assert label.state_on() == LabelState.RUNNING
    label.revoke(reason="The school closed.", at=today() + timedelta(days=1))
    assert label.state_on() == LabelState.RUNNING
    assert label.state_on(today() + timedelta(days=1)) == LabelState.WITHDRAWN
    assert label.state_on(label.ends_on + timedelta(days=1)) == LabelState.WITHDRAWN


@pytest.mark.parametrize(
    ("begins", "ends", "overlaps"),
    [(-9, -1, False), (-9, 0, True), (3, 5, True), (-9, 99, True), (10, 20, True), (11, 20, False)],
)
def test_periods_overlap_alike_in_the_database_and_beside_it(begins, ends, overlaps):
    label = factories.LabelFactory(starts_on=today(), ends_on=today() + timedelta(days=10))
    period = today() + timedelta(days=begins), today() + timedelta(days=ends)
    assert overlap(label.period, period) is overlaps
    assert overlap(period, label.period) is overlaps
    assert Label.objects.overlapping(period).exists() is overlaps


def test_a_long_name_never_cuts_the_code_off_the_address():
    name = "Şehit Öğretmen " * 13
    one, other = (factories.SchoolFactory(name=name, code=f"TR-34-{'9' * 30}-{n}") for n in (1, 2))
    assert one.slug.endswith(f"-tr-34-{'9' * 30}-1")
    assert other.slug.endswith(f"-tr-34-{'9' * 30}-2")
    assert one.slug.startswith("sehit-ogretmen-")
    assert max(len(one.slug), len(other.slug)) <= 220


def test_codes_in_another_script_fit_into_the_address():
    one, other = (factories.SchoolFactory(name="学" * 200, code="學" * 39 + sign) for sign in "校院")
    assert one.slug != other.slug
    assert max(len(one.slug), len(other.slug)) <= 220


def test_codes_that_differ_in_signs_alone_have_addresses_of_their_own():
    codes = ["TR-1", "TR 1", "TR – 1", "tr-1"]
    slugs = [factories.SchoolFactory(name="Okul", code=code).slug for code in codes[:2]]
    new = [School(name="Okul", code=code, country="TR") for code in codes[2:]]
    complete(new)
    School.objects.bulk_create(new)
    slugs += [school.slug for school in new]
    assert slugs[0] == "okul-tr-1"
    assert len(set(slugs)) == 4
    assert all(slug.startswith("okul-tr-1") for slug in slugs)


def test_a_school_whose_name_and_code_hold_no_letters_has_an_address():
    assert factories.SchoolFactory(name="—", code="--").slug == "school"
    assert factories.SchoolFactory(name="—", code="---").slug not in ("", "school")


def test_the_address_of_a_school_stays():
    school = factories.SchoolFactory(name="Okul", code="TR-1")
    school.name = "Başka"
    school.save()
    assert school.slug == "okul-tr-1"
