import pytest
from django.utils import timezone

from community.access import is_member
from community.belonging.membership import leave, make_lead, make_teacher, remove_member
from community.errors import CommunityError
from community.models import Membership, Role, School
from notifications.models import Message

from ... import factories
from .test_invitations import all_at_once

LAST_LEAD = (
    "Işık Ortaokulu needs at least one school lead. Make a colleague school lead first, or ask your support "
    "organisation."
)


def of(user, school) -> Membership:
    return Membership.objects.get(user=user, school=school)


def test_removing_ends_this_membership_only(school, lead, teacher):
    elsewhere = factories.MembershipFactory(user=teacher)
    membership = of(teacher, school)
    before = timezone.now()

    remove_member(membership=membership, by=lead)

    membership.refresh_from_db()
    assert before <= membership.ended_at <= timezone.now()
    assert set(Membership.objects.active().filter(user=teacher)) == {elsewhere}
    ended = membership.ended_at
    remove_member(membership=membership, by=lead)
    membership.refresh_from_db()
    assert membership.ended_at == ended


def test_who_is_removed_is_told_once(school, lead, teacher, mailoutbox, django_capture_on_commit_callbacks):
    membership = of(teacher, school)
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            remove_member(membership=membership, by=lead)
    (mail,) = mailoutbox
    assert mail.to == [teacher.email]
    assert mail.subject == "You’re no longer a member of Işık Ortaokulu"
    assert "Leyla Çelik has ended your membership of Işık Ortaokulu." in mail.body
    assert Message.objects.inbox_of(teacher).count() == 1


@pytest.mark.parametrize(("language", "address"), [("en", "/en/profile/"), ("tr", "/tr/profile/")])
def test_who_is_removed_is_led_to_their_schools_in_their_own_language(school, lead, language, address):
    membership = factories.MembershipFactory(school=school, user__language=language)
    remove_member(membership=membership, by=lead)
    assert Message.objects.get().url == address


def test_who_leaves_or_removes_themselves_is_told_nothing(
    school, lead, teacher, mailoutbox, django_capture_on_commit_callbacks
):
    make_lead(membership=of(teacher, school), by=lead)
    with django_capture_on_commit_callbacks(execute=True):
        remove_member(membership=of(teacher, school), by=teacher)
    assert mailoutbox == []


def test_access_ends_with_the_membership(school, lead, teacher):
    assert is_member(teacher)
    remove_member(membership=of(teacher, school), by=lead)
    assert not is_member(teacher)


@pytest.mark.parametrize("verb", [remove_member, make_lead, make_teacher])
@pytest.mark.django_db
def test_who_manages_members(verb, personas):
    second = factories.MembershipFactory(school=personas.school, lead=True)
    allowed, told = set(), set()
    for name, user in personas.named().items():
        if user is None:
            continue
        try:
            verb(membership=second, by=user)
            allowed.add(name)
        except CommunityError as refused:
            told.add(str(refused))
    assert told == {"Only a school lead at Yıldız Okulu can do this."}
    assert allowed == {"lead", "organiser", "moderator"}


def test_leads_of_other_schools_cannot(school, lead):
    other = factories.lead(labelled=True)
    with pytest.raises(CommunityError, match="Only a school lead at Işık Ortaokulu"):
        remove_member(membership=of(lead, school), by=other)


def test_the_last_lead_stays(school, lead, teacher):
    membership = of(lead, school)
    for act in (remove_member, make_teacher, leave):
        with pytest.raises(CommunityError) as refused:
            act(membership=membership, by=lead)
        assert str(refused.value) == LAST_LEAD
    membership.refresh_from_db()
    assert (membership.ended_at, membership.role) == (None, Role.LEAD)

    make_lead(membership=of(teacher, school), by=lead)
    leave(membership=membership, by=lead)
    assert set(Membership.objects.active().filter(school=school)) == {of(teacher, school)}


def test_an_ended_lead_does_not_count(school, lead):
    factories.MembershipFactory(
        school=school, lead=True, began_at=timezone.now() - timezone.timedelta(days=2), ended_at=timezone.now()
    )
    with pytest.raises(CommunityError):
        leave(membership=of(lead, school), by=lead)


def test_a_moderator_may_remove_the_last_lead(school, lead):
    remove_member(membership=of(lead, school), by=factories.moderator("TR"))
    assert not Membership.objects.active().filter(school=school).exists()


def test_roles_change_and_change_back(school, lead, teacher):
    membership = of(teacher, school)
    make_lead(membership=membership, by=lead)
    assert of(teacher, school).role == Role.LEAD
    make_teacher(membership=membership, by=lead)
    assert of(teacher, school).role == Role.TEACHER


def test_an_ended_membership_keeps_its_role(school, lead, teacher):
    membership = of(teacher, school)
    remove_member(membership=membership, by=lead)
    make_lead(membership=membership, by=lead)
    assert of(teacher, school).role == Role.TEACHER


def test_leaving_is_for_oneself(school, lead, teacher):
    with pytest.raises(CommunityError, match="only leave a school on your own behalf"):
        leave(membership=of(teacher, school), by=lead)
    assert of(teacher, school).ended_at is None


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_leads_who_leave_at_once_leave_one_lead():
    school = factories.SchoolFactory(labelled=True)
    memberships = factories.MembershipFactory.create_batch(6, school=school, lead=True)
    all_at_once(lambda membership: leave(membership=membership, by=membership.user), memberships)
    assert Membership.objects.active().filter(school=school, role=Role.LEAD).count() == 1
    assert School.objects.count() == 1
