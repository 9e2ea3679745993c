import re

import pytest
from allauth.account.models import EmailAddress

from community.invitations import accept, invite
from community.models import Confirmation, Invitation, Role
from notifications.models import Message
from tests import factories


def verified(user):
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def token_in(mail) -> str:
    return re.search(r"/invitations/([\w-]+)/", mail.body)[1]


@pytest.mark.django_db
def test_the_secret_is_in_the_mail_alone(mailoutbox, django_capture_on_commit_callbacks):
    school = factories.SchoolFactory(labelled=True, name="Işık Ortaokulu")
    with django_capture_on_commit_callbacks(execute=True):
        invite(
            school=school,
            email="Ayse@School.example",
            role=Role.LEAD,
            by=None,
            confirmed_by=Confirmation.IMPORT,
            language="tr",
        )
    (mail,) = mailoutbox
    token = token_in(mail)
    assert f"http://127.0.0.1:8000/tr/invitations/{token}/" in mail.body
    assert token in mail.alternatives[0].content
    assert mail.to == ["ayse@school.example"]
    rows = [*Invitation.objects.values(), *Message.objects.values()]
    assert len(rows) == 2
    assert token not in str(rows)
    user = verified(factories.UserFactory(email="ayse@school.example"))
    membership = accept(token_or_invitation=token, user=user)
    assert (membership.role, membership.confirmed_by, membership.school) == (Role.LEAD, Confirmation.IMPORT, school)
