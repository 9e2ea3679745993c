"""Values that no browser sends are refused like any other error, and break nothing."""

import pytest
from django.urls import reverse

from groups.practices.writing import save_draft

from ...factories import PracticeFactory, PracticeImageFactory
from .posting import as_, edited

pytestmark = pytest.mark.django_db
# Python refuses to parse a number with so many digits.
DIGITS = "9" * 5000


@pytest.fixture
def draft():
    practice = PracticeFactory()
    practice.images = [PracticeImageFactory.build(practice=practice, image=PracticeImageFactory().image)]
    return save_draft(practice=practice, by=practice.author)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"version": DIGITS}, 422),
        ({"words": DIGITS}, 422),
        ({"images-INITIAL_FORMS": DIGITS}, 422),
        ({"images-TOTAL_FORMS": DIGITS}, 422),
        ({"images-0-ORDER": "last"}, 422),
        ({"images-0-ORDER": DIGITS, "move": "images-0-up"}, 422),
        ({"images-0-consent_until": "2027-02-31"}, 422),
        ({"move": f"images-{DIGITS}-up"}, 302),
    ],
)
def test_the_form_comes_back(client, draft, changes, status):
    picture = {"images-TOTAL_FORMS": "1", "images-0-image": str(draft.images.get().image_id), "images-0-ORDER": "1"}
    sent = edited(draft, **{"version": str(draft.version), **picture, **changes})
    address = reverse("practice_step", args=[draft.pk, "all"])
    assert as_(client, draft.author).post(address, sent).status_code == status


def test_addresses_name_no_kept_words(client, draft):
    address = reverse("practice_step", args=[draft.pk, "what"])
    assert as_(client, draft.author).get(address, {"words": DIGITS}).status_code == 200


def test_nobody_is_invited_by_a_number_that_is_none(client, draft):
    address = reverse("practice_co_authors", args=[draft.pk])
    assert as_(client, draft.author).post(address, {"person": DIGITS}).status_code == 422
    assert not draft.co_authors.exists()
