"""Consent for pictures of pupils: the rule for one picture and for many, and the form fields of both rooms."""

from datetime import date, timedelta

import pytest

from content.consent import FIELDS, ConsentForm, Gap
from directory.forms import PictureForm as SchoolPictureForm
from directory.models import ProfileItem
from groups.practices.models import PracticeImage
from groups.practices.writing.file_forms import PictureForm as PracticePictureForm

from ..factories import today
from ..groups.factories import PracticeImageFactory

TODAY = today()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("shows", "holder", "until", "gaps"),
    [
        (False, "", None, []),
        (False, "", YESTERDAY, []),
        (True, "Office", TODAY, []),
        (True, "", TODAY, [Gap.NO_HOLDER]),
        (True, "Office", None, [Gap.NO_DATE]),
        (True, "", None, [Gap.NO_HOLDER, Gap.NO_DATE]),
        (True, "Office", YESTERDAY, [Gap.ENDED]),
        (True, "", YESTERDAY, [Gap.NO_HOLDER, Gap.ENDED]),
    ],
)
def test_one_picture_and_many_agree(shows: bool, holder: str, until: date | None, gaps: list[Gap]):
    picture = PracticeImageFactory(shows_pupils=shows, consent_holder=holder, consent_until=until)
    pictures = PracticeImage.objects.all()
    assert picture.consent_gaps == gaps
    assert picture.lacks_consent is pictures.lacking_consent().exists() is bool(gaps)
    assert pictures.not_lacking_consent().exists() is not bool(gaps)
    assert picture.consent_ended is pictures.with_ended_consent().exists() is (Gap.ENDED in gaps)


@pytest.mark.django_db
def test_the_day_can_be_given():
    PracticeImageFactory(shows_pupils=True, consent_holder="Office", consent_until=TODAY)
    pictures, tomorrow = PracticeImage.objects.all(), TODAY + timedelta(days=1)
    assert pictures.lacking_consent(tomorrow).exists()
    assert pictures.with_ended_consent(tomorrow).exists()
    assert not pictures.not_lacking_consent(tomorrow).exists()


def test_the_list_of_fields_is_that_of_models_and_form():
    assert tuple(ConsentForm.base_fields) == FIELDS
    for model in (PracticeImage, ProfileItem):
        assert {*FIELDS} <= {field.name for field in model._meta.fields}


def test_the_consent_is_asked_for_after_the_picture():
    school = SchoolPictureForm(by=None)
    practice = PracticePictureForm(allowed=None)
    assert list(school.fields) == ["kept", "file", "alt", *FIELDS]
    assert list(practice.fields) == ["image", "file", "alt", *FIELDS]
