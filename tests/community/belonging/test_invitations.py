import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from community.belonging import invitations
from community.belonging.invitations import accept, invite, withdraw
from community.errors import CommunityError
from community.models import Confirmation, Invitation, Membership, Role, School
from community.models.invitations import InvitationQuerySet
from notifications.models import Message

from ... import factories
from ..conftest import verified

WORDS = {
    "used": "This invitation has already been used.",
    "withdrawn": "This invitation has been withdrawn. Check your inbox for a newer one.",
    "expired": "This invitation has expired. Ask your school lead to send a new one.",
    "foreign": ("This invitation was sent to a different email address. Sign in with that address."),
    "unknown": "We can’t find this invitation. Check that you opened the full link.",
}


def invited(school, email, by=None, **details) -> Invitation:
    details = {"role": Role.TEACHER, "confirmed_by": Confirmation.LEAD, "language": "en", **details}
    return invite(school=school, email=email, by=by, **details)


def refusal(token_or_invitation, user) -> str:
    with pytest.raises(CommunityError) as refused:
        accept(token_or_invitation=token_or_invitation, user=user)
    return str(refused.value)


def test_the_secret_is_in_the_mail_alone(school, invitation_token, mailoutbox, caplog):
    caplog.set_level("DEBUG")
    token = invitation_token(
        school=school, email=" Ayse@School.example", role=Role.LEAD, language="tr", name="Ayşe Işık"
    )
    (mail,) = mailoutbox
    assert mail.to == ["ayse@school.example"]
    assert f"http://127.0.0.1:8000/tr/invitations/{token}/" in mail.body
    assert f'href="http://127.0.0.1:8000/tr/invitations/{token}/"' in mail.alternatives[0].content
    rows = [*Invitation.objects.values(), *Message.objects.values()]
    assert len(rows) == 2
    assert token not in str(rows)
    assert token not in caplog.text

    user = verified(factories.UserFactory(email="ayse@school.example"))
    membership = accept(token_or_invitation=token, user=user)

    assert (membership.role, membership.confirmed_by, membership.school) == (Role.LEAD, Confirmation.IMPORT, school)
    assert Invitation.objects.get().used_by == user


@pytest.mark.django_db
def test_letters_in_names_are_not_escaped_in_the_text_of_the_mail(invitation_token, mailoutbox):
    school = factories.SchoolFactory(labelled=True, name="L'École & <Amis>")
    invitation_token(school=school, email="a@b.example")
    assert mailoutbox[0].subject == "Your invitation to join L'École & <Amis> on eTwinning Schools"
    assert "L'École & <Amis>" in mailoutbox[0].body
    assert '<h1 style="' in mailoutbox[0].alternatives[0].content
    assert "L'École &amp; &lt;Amis&gt;" in mailoutbox[0].alternatives[0].content


@pytest.mark.django_db
def test_who_invites(personas):
    allowed, told = set(), set()
    for name, user in personas.named().items():
        if user is None:
            continue
        try:
            invited(personas.school, f"{name}@new.example", by=user)
            allowed.add(name)
        except CommunityError as refused:
            told.add(str(refused))
    assert told == {
        "Only a school lead at Yıldız Okulu can send invitations, and only until the end of the grace period."
    }
    assert allowed == {"lead", "organiser", "moderator"}


@pytest.mark.parametrize(("trait", "may"), [("in_grace", True), ("lapsed", False), ("revoked", False)])
@pytest.mark.django_db
def test_a_lead_invites_until_the_grace_period_is_over(trait, may):
    membership = factories.MembershipFactory(school=factories.SchoolFactory(**{trait: True}), lead=True)
    if may:
        assert invited(membership.school, "a@b.example", by=membership.user).is_open
    else:
        with pytest.raises(CommunityError):
            invited(membership.school, "a@b.example", by=membership.user)
        assert not Invitation.objects.exists()


def test_a_member_is_not_invited_again(school, lead, teacher):
    verified(teacher)
    teacher.emailaddress_set.create(email="second@school.example", verified=True)
    for address in (teacher.email.swapcase(), "Second@school.example"):
        with pytest.raises(CommunityError, match="is already a member of Işık Ortaokulu"):
            invited(school, address, by=lead)
    Membership.objects.filter(user=teacher).update(ended_at=timezone.now())
    assert invited(school, teacher.email, by=lead).is_open


def test_a_second_invitation_replaces_the_first_of_the_same_school_and_address(school, lead, invitation_token):
    other = factories.SchoolFactory(labelled=True)
    elsewhere, colleague = invited(other, "a@b.example"), invited(school, "colleague@b.example")
    first = invitation_token(school=school, email="a@b.example", by=lead)
    second = invitation_token(school=school, email="A@b.example", by=lead)
    user = verified(factories.UserFactory(email="a@b.example"))

    assert refusal(first, user) == WORDS["withdrawn"]
    assert accept(token_or_invitation=second, user=user).school == school
    assert accept(token_or_invitation=elsewhere, user=user).school == other
    assert set(Invitation.objects.open()) == {colleague}


def test_an_expired_invitation_makes_room_for_the_next(school, lead):
    expired = invited(school, "a@b.example", by=lead)
    Invitation.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    assert invited(school, "a@b.example", by=lead).is_open


def test_each_refusal_has_its_words(school, lead):
    user, stranger = verified(factories.UserFactory()), verified(factories.UserFactory())
    invitation = invited(school, user.email, by=lead)
    assert invitation.expires_at - invitation.created_at == pytest.approx(timedelta(days=7), abs=timedelta(minutes=1))

    assert refusal("no-such-token", user) == WORDS["unknown"]
    assert refusal(invitation, stranger) == WORDS["foreign"]
    Invitation.objects.update(expires_at=timezone.now())
    invitation.refresh_from_db()
    assert refusal(invitation, user) == WORDS["expired"]

    invitation = invited(school, user.email, by=lead)
    withdraw(invitation=invitation, by=lead)
    assert refusal(invitation, user) == WORDS["withdrawn"]

    invitation = invited(school, user.email, by=lead)
    accept(token_or_invitation=invitation, user=user)
    assert refusal(Invitation.objects.get(pk=invitation.pk), user) == WORDS["used"]
    assert Membership.objects.filter(user=user).count() == 1
    assert not Membership.objects.filter(user=stranger).exists()


def test_what_was_read_before_does_not_decide(school, lead):
    """The row in memory is still open, but the database decides."""
    user = verified(factories.UserFactory())
    stale = invited(school, user.email, by=lead)
    withdraw(invitation=Invitation.objects.get(pk=stale.pk), by=lead)
    assert refusal(stale, user) == WORDS["withdrawn"]


def test_an_unproved_address_does_not_count(school, lead):
    user = factories.UserFactory(email="a@b.example")
    user.emailaddress_set.create(email="a@b.example", verified=False)
    invitation = invited(school, "a@b.example", by=lead)
    assert refusal(invitation, user) == WORDS["foreign"]
    user.emailaddress_set.update(verified=True, email="A@B.example")
    assert accept(token_or_invitation=invitation, user=user).user == user


def test_belonging_already_leaves_the_invitation_unused(school, lead, teacher):
    verified(teacher)
    teacher.emailaddress_set.create(email="second@b.example", verified=False)
    invitation = invited(school, "second@b.example", by=lead)
    teacher.emailaddress_set.update(verified=True)
    assert refusal(invitation, teacher) == "You’re already a member of Işık Ortaokulu."
    assert Invitation.objects.get(pk=invitation.pk).is_open


def test_withdrawing(school, lead, teacher):
    invitation = invited(school, "a@b.example", by=lead)
    with pytest.raises(CommunityError, match="Only a school lead at Işık Ortaokulu can do this"):
        withdraw(invitation=invitation, by=teacher)
    assert Invitation.objects.get().is_open
    withdraw(invitation=invitation, by=lead)
    first = Invitation.objects.get().withdrawn_at
    withdraw(invitation=invitation, by=lead)
    assert Invitation.objects.get().withdrawn_at == first

    user = verified(factories.UserFactory())
    used = invited(school, user.email, by=lead)
    accept(token_or_invitation=used, user=user)
    with pytest.raises(CommunityError, match="already been used"):
        withdraw(invitation=used, by=lead)
    assert Membership.objects.filter(user=user).exists()


# -- Concurrency -----------------------------------------------------------------------------------

PEOPLE = 40


def all_at_once(act, people) -> list:
    """Call `act` for each person in a thread, and return the results that were not refused."""
    admitted, start = [], threading.Barrier(len(people))

    def attempt(person):
        start.wait()
        try:
            admitted.append(act(person))
        except CommunityError:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return admitted


@pytest.fixture
def one_invitation_for_all(monkeypatch):
    """Return one invitation and forty people who could each accept it, if it were not for single use."""
    monkeypatch.setattr(invitations, "owns_address", lambda user, email: True)
    closed = invitations.why_closed

    def slowly(invitation):
        answer = closed(invitation)
        time.sleep(0.02)
        return answer

    # Everyone has checked before anyone writes.
    monkeypatch.setattr(invitations, "why_closed", slowly)
    return invited(factories.SchoolFactory(labelled=True), "all@b.example"), factories.UserFactory.create_batch(PEOPLE)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_forty_people_use_an_invitation_once(one_invitation_for_all):
    invitation, people = one_invitation_for_all
    admitted = all_at_once(
        lambda user: accept(token_or_invitation=Invitation.objects.get(pk=invitation.pk), user=user), people
    )
    assert len(admitted) == 1
    assert Membership.objects.count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_condition_several_would(one_invitation_for_all, monkeypatch):
    """Negative control: check-then-write admits more than one person, so the test above does detect the race."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time, whatever the code does")
    invitation, people = one_invitation_for_all
    monkeypatch.setattr(InvitationQuerySet, "open", lambda self: self)
    admitted = all_at_once(
        lambda user: accept(token_or_invitation=Invitation.objects.get(pk=invitation.pk), user=user), people
    )
    assert len(admitted) > 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_leads_who_invite_one_address_at_once_leave_one_invitation(monkeypatch):
    school = factories.SchoolFactory(labelled=True)
    leads = [m.user for m in factories.MembershipFactory.create_batch(8, school=school, lead=True)]
    all_at_once(lambda user: invited(School.objects.get(pk=school.pk), "a@b.example", by=user), leads)
    assert Invitation.objects.unused().count() == 1
    assert Invitation.objects.count() == 8


@pytest.mark.django_db
def test_one_person_sends_so_many_invitations_a_day(school, lead, monkeypatch):
    monkeypatch.setattr(invitations, "INVITATIONS_PER_DAY", 2)
    other = factories.MembershipFactory(school=school, lead=True).user
    first = invited(school, "a@new.example", by=lead)
    second = invited(school, "b@new.example", by=lead)
    # Withdrawing does not restore the quota, because the email has been sent.
    withdraw(invitation=second, by=lead)
    with pytest.raises(CommunityError, match="You’ve sent 2 invitations in one day"):
        invited(school, "c@new.example", by=lead)
    invited(school, "d@new.example", by=other)
    invited(school, "e@new.example")
    Invitation.objects.filter(pk=first.pk).update(created_at=timezone.now() - timedelta(hours=25))
    invited(school, "c@new.example", by=lead)
    assert set(Invitation.objects.open().values_list("email", flat=True)) == {f"{name}@new.example" for name in "acde"}
