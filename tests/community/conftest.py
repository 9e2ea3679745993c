import re

import pytest
from allauth.account.models import EmailAddress

from community.belonging.invitations import invite
from community.models import Confirmation, Role

from .. import factories


def verified(user):
    """Return a person with a verified address."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def school(db):
    return factories.SchoolFactory(labelled=True, name="Işık Ortaokulu", code="TR-77")


@pytest.fixture
def lead(school):
    return factories.MembershipFactory(school=school, lead=True, user__name="Leyla Çelik").user


@pytest.fixture
def teacher(school):
    return factories.MembershipFactory(school=school, user__name="Tarık Öz").user


@pytest.fixture
def invitation_token(mailoutbox, django_capture_on_commit_callbacks):
    """Send an invitation and return the secret in the emailed link."""

    def send(**given) -> str:
        details = {"role": Role.TEACHER, "by": None, "confirmed_by": Confirmation.IMPORT, "language": "en", **given}
        with django_capture_on_commit_callbacks(execute=True):
            invite(**details)
        return re.search(r"/invitations/([\w-]+)/", mailoutbox[-1].body)[1]

    return send
