"""Co-authoring: by consent, for labelled schools, never for a reviewer."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from groups.practices.errors import PracticesError, RefusedError
from groups.practices.models import CoAuthor, Practice
from groups.practices.writing import save_draft, submit
from groups.practices.writing.co_authoring import accept, decline, invite, leave, remove
from groups.practices.writing.invitable import found_by_name, invitable_by
from notifications.models import Message

from ....factories import MembershipFactory, SchoolFactory, UserFactory, member, moderator
from ...factories import PracticeFactory

pytestmark = pytest.mark.django_db


def own_school(person):
    return person.memberships.get().school


@pytest.fixture
def practice() -> Practice:
    return PracticeFactory()


def joined(practice, person=None) -> CoAuthor:
    person = person or member()
    invitation = invite(practice=practice, by=practice.author, email=person.email)
    return accept(invitation=invitation, by=person, school=own_school(person))


class TestInviting:
    def test_only_the_first_author_for_a_labelled_school(self, practice):
        other = joined(practice).person
        for person in (other, member(), own_school(practice.author).memberships.get().user):
            if person != practice.author:
                with pytest.raises(RefusedError):
                    invite(practice=practice, by=person, email="x@school.example")
        practice.school.labels.update(starts_on="2020-01-01", ends_on="2021-12-31")
        with pytest.raises(RefusedError):
            invite(practice=Practice.objects.get(), by=practice.author, email="x@school.example")

    def test_by_name_only_whom_one_may_see(self, practice):
        colleague = MembershipFactory(school=practice.school, user__name="Işıl Çağlayan").user
        author = MembershipFactory(user__name="Işıl Known")
        PracticeFactory(published=True, author=author.user, school=author.school)
        hidden = MembershipFactory(user__name="Işıl Hidden").user
        drafting = MembershipFactory(user__name="Işıl Drafting")
        PracticeFactory(author=drafting.user, school=drafting.school)
        lapsed = MembershipFactory(user__name="Işıl Lapsed", school=SchoolFactory(lapsed=True))
        PracticeFactory(published=True, author=lapsed.user, school=lapsed.school)
        assert set(invitable_by(practice.author)) == {colleague, author.user}
        assert found_by_name(practice.author, "isil") == sorted([colleague, author.user], key=lambda user: user.name)
        assert found_by_name(practice.author, "  ") == []
        with pytest.raises(RefusedError):
            invite(practice=practice, by=practice.author, person=hidden)

    def test_an_address_answers_the_same_whether_it_exists(self, practice, client):
        hidden = MembershipFactory().user
        client.force_login(practice.author)
        address = f"/en/practices/{practice.pk}/edit/co-authors/"
        pages = []
        for email in (hidden.email, "nobody@school.example"):
            page = client.post(address, {"email": email}, follow=True).content.decode()
            assert page.count(email) == 1
            pages.append(page)
        assert hidden.name not in pages[0] + pages[1]
        assert set(CoAuthor.objects.values_list("person", "standing")) == {(hidden.pk, "invited"), (None, "invited")}
        assert Message.objects.get(kind="practices/co_author_invited").recipient == hidden

    def test_twice_is_once_and_ten_is_the_limit(self, practice):
        for _time in range(2):
            for email in ("a@school.example", "A@school.example"):
                invite(practice=practice, by=practice.author, email=email)
        assert CoAuthor.objects.count() == 1
        for number in range(9):
            invite(practice=practice, by=practice.author, email=f"{number}@school.example")
        with pytest.raises(PracticesError, match="up to 10"):
            invite(practice=practice, by=practice.author, email="k@school.example")

    def test_not_oneself(self, practice):
        with pytest.raises(PracticesError, match="You’re already the author"):
            invite(practice=practice, by=practice.author, email=practice.author.email.upper())

    def test_the_database_holds_it_too(self, practice):
        person = member()
        CoAuthor.objects.create(practice=practice, person=person)
        for fields in (
            {"person": person},
            {"person": member(), "standing": "accepted"},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                CoAuthor.objects.create(practice=practice, **fields)


class TestAnswering:
    def test_agreeing_gives_the_text_and_the_name(self, practice, client):
        person = member()
        client.force_login(person)
        invitation = invite(practice=practice, by=practice.author, email=person.email)
        assert client.get(f"/en/practices/{practice.pk}/edit/").status_code == 404
        assert practice not in Practice.objects.visible_to(person)
        client.post(f"/en/practices/co-authors/{invitation.pk}/accept/")
        assert client.get(f"/en/practices/{practice.pk}/edit/").status_code == 200
        practice = Practice.objects.get()
        assert practice.credit == f"{practice.author}, {practice.school}; {person}, {own_school(person)}"
        assert Message.objects.filter(kind="practices/co_author_accepted", recipient=practice.author).count() == 1
        html = client.get(practice.get_absolute_url()).content.decode()
        assert own_school(person).name in html

    def test_only_the_invited_for_a_school_of_theirs_that_holds_the_label(self, practice):
        person = member()
        invitation = invite(practice=practice, by=practice.author, email=person.email)
        lapsed = MembershipFactory(user=person, school=SchoolFactory(lapsed=True)).school
        for by, school in ((member(), None), (person, SchoolFactory(labelled=True)), (person, lapsed)):
            with pytest.raises(RefusedError):
                accept(invitation=invitation, by=by, school=school or own_school(by))
        assert CoAuthor.objects.get().standing == "invited"

    def test_what_is_over_is_not_accepted(self, practice):
        person = member()
        invitation = invite(practice=practice, by=practice.author, email=person.email)
        decline(invitation=invitation, by=person)
        decline(invitation=invitation, by=person)
        with pytest.raises(RefusedError, match="no longer open"):
            accept(invitation=invitation, by=person, school=own_school(person))
        assert CoAuthor.objects.get().standing == "declined"

    def test_leaving_and_being_removed(self, practice):
        leaver, removed = joined(practice), joined(practice)
        leave(invitation=leaver, by=leaver.person)
        with pytest.raises(RefusedError):
            remove(invitation=removed, by=removed.person)
        remove(invitation=removed, by=practice.author)
        remove(invitation=removed, by=practice.author)
        assert list(CoAuthor.objects.order_by("pk").values_list("standing", flat=True)) == ["left", "removed"]
        assert Message.objects.filter(kind="practices/co_author_ended").count() == 1
        for row in (leaver, removed):
            assert Practice.objects.get().refusal_to_edit(row.person) == "Only the authors can edit this practice."


class TestRights:
    def test_a_co_author_edits_while_their_school_holds_the_label(self, practice):
        row = joined(practice)
        draft = Practice.objects.get()
        draft.title = "By the other"
        save_draft(practice=draft, by=row.person)
        row.school.labels.update(ends_on=timezone.now().date() - timedelta(days=1), starts_on="2020-01-01")
        with pytest.raises(RefusedError, match="you don’t write for this school"):
            save_draft(practice=Practice.objects.get(), by=row.person)
        assert Practice.objects.written_by(row.person).get().title == "By the other"

    def test_only_the_first_author_submits(self, practice):
        row = joined(practice)
        save_draft(practice=Practice.objects.get(), by=row.person)
        with pytest.raises(RefusedError, match="Only the first author can submit it"):
            submit(practice=practice, by=row.person)

    def test_neither_a_co_author_nor_their_school_reviews(self, practice):
        reviewer, colleague, free = moderator(), moderator(), moderator()
        school = MembershipFactory(user=reviewer).school
        MembershipFactory(user=colleague, school=school)
        save_draft(practice=practice, by=practice.author)
        submit(practice=practice, by=practice.author)
        for judge in (reviewer, colleague, free):
            assert practice.may_be_reviewed_by(judge)
            assert Practice.objects.in_queue_of(judge).exists()
        invitation = CoAuthor.objects.create(practice=practice, person=reviewer)
        assert Practice.objects.get().may_be_reviewed_by(reviewer)
        accept(invitation=invitation, by=reviewer, school=school)
        allowed = [Practice.objects.get().may_be_reviewed_by(judge) for judge in (reviewer, colleague, free)]
        queues = [Practice.objects.in_queue_of(judge).exists() for judge in (reviewer, colleague, free)]
        assert allowed == queues == [False, False, True]

    def test_an_account_without_a_school_cannot_be_invited_into_one(self, practice):
        person = UserFactory()
        assert invite(practice=practice, by=practice.author, email=person.email).person is None
