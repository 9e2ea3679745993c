from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from community.models import Label, School, Standing
from tests import factories
from tests.factories import today

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
    with pytest.raises(ValidationError, match="overlaps with the label 2025–2026"):
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
    assert {s: school.standing_on() for s, school in schools.items()} == {s: s for s in schools}
    assert list(School.objects.labelled()) == [schools[Standing.LABELLED]]


def test_slugs_survive_turkish_letters():
    assert factories.SchoolFactory(name="Işık Çağdaş Ortaokulu", code="TR-9").slug == "isik-cagdas-ortaokulu-tr-9"


def test_a_label_counts_until_the_day_it_is_withdrawn():
    """Also when the day is still to come, and when somebody asks about a day before it."""
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
