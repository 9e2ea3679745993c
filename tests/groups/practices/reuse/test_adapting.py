"""Adaptations: the draft records its original, and the family tree grows."""

import pytest
from django.urls import reverse

from content.taxonomy import Licence
from groups.practices.errors import PracticesError, RefusedError
from groups.practices.models import Practice
from groups.practices.reuse.adapting import adapt
from groups.practices.reuse.family import family_of

from .... import factories
from ....races import at_the_same_time
from ...factories import PracticeAttachmentFactory, PracticeFactory, PracticeImageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    practice = PracticeFactory(
        published=True, subjects=["maths"], licence=Licence.CC_BY_SA, did_not_work="<p>Rain.</p>"
    )
    PracticeImageFactory(practice=practice)
    PracticeAttachmentFactory(practice=practice)
    return practice


def test_steps_come_along_and_results_do_not(practice):
    person = factories.member()
    draft = adapt(practice=practice, by=person)

    assert (draft.adapted_from, draft.author, draft.school) == (practice, person, person.memberships.get().school)
    assert (draft.live, draft.status) == (False, "draft")
    assert (draft.steps, draft.subjects, draft.licence) == (practice.steps, ["maths"], Licence.CC_BY_SA)
    assert (draft.context, draft.results, draft.evidence_strength, draft.did_not_work) == ("", "", "", "")
    assert (draft.images.count(), draft.attachments.count()) == (0, 0)


def test_asking_twice_gives_the_same_draft_until_it_is_published(practice):
    person = factories.member()
    draft = adapt(practice=practice, by=person)
    assert adapt(practice=practice, by=person).pk == draft.pk
    assert adapt(practice=practice, by=factories.member()).pk != draft.pk
    draft.save_revision().publish()
    assert adapt(practice=practice, by=person).pk != draft.pk


def test_what_was_withdrawn_meanwhile_cannot_be_adapted(practice):
    practice.unpublish()
    with pytest.raises(RefusedError, match="no longer on the site"):
        adapt(practice=practice, by=factories.member())
    assert Practice.objects.count() == 1


def test_whoever_had_the_page_open_is_told_so(client, practice):
    client.force_login(factories.member())
    page = reverse("practice_adapt", args=[practice.pk])
    assert client.get(page).status_code == 200
    practice.unpublish()
    for gone in (page, reverse("practice_adapt", args=[10**9])):
        answer = client.post(gone, follow=True)
        assert answer.redirect_chain == [(reverse("practice_list"), 302)]
        assert "This practice is no longer on the site" in answer.content.decode()
        assert client.get(gone).status_code == 404


@pytest.mark.parametrize("standing", ["in_grace", "lapsed", "revoked"])
def test_without_a_running_label_nobody_adapts(practice, standing):
    with pytest.raises(RefusedError):
        adapt(practice=practice, by=factories.member(**{standing: True}))


def test_who_writes_for_two_schools_says_for_which(practice):
    person = factories.member()
    second = factories.MembershipFactory(user=person, school__labelled=True).school
    with pytest.raises(PracticesError, match="Choose the school"):
        adapt(practice=practice, by=person)
    with pytest.raises(RefusedError, match="don’t write"):
        adapt(practice=practice, by=person, school_id=practice.school_id)
    assert adapt(practice=practice, by=person, school_id=second.pk).school == second


def test_an_adaptation_keeps_a_licence_that_asks_for_it(practice):
    draft = adapt(practice=practice, by=factories.member())
    assert "licence" not in draft.missing()
    draft.licence = Licence.CC_BY
    assert "CC BY-SA" in draft.missing()["licence"]
    practice.licence = Licence.CC_BY
    draft.adapted_from = practice
    draft.licence = Licence.CC_BY_NC
    assert "licence" not in draft.missing()


def test_the_page_says_what_comes_along_and_begins_the_draft(client, practice):
    client.force_login(factories.member())
    url = reverse("practice_adapt", args=[practice.pk])
    assert "same licence" in client.get(url).content.decode()
    response = client.post(url)
    draft = Practice.objects.get(adapted_from=practice)
    assert response.url == reverse("practice_edit", args=[draft.pk])


@pytest.mark.django_db(transaction=True)
def test_a_double_click_begins_one_draft():
    practice = PracticeFactory(published=True)
    person = factories.member()
    assert at_the_same_time(*[lambda: adapt(practice=practice, by=person)] * 4) == []
    assert Practice.objects.filter(adapted_from=practice).count() == 1


def names(members) -> list:
    return [(member.practice.title, names(member.children)) for member in members]


def test_the_family_is_the_same_whoever_of_it_is_asked():
    first = PracticeFactory(published=True, title="first")
    second = PracticeFactory(published=True, title="second", adapted_from=first)
    third = PracticeFactory(published=True, title="third", adapted_from=second)
    PracticeFactory(published=True, title="cousin", adapted_from=first)
    PracticeFactory(title="draft", adapted_from=first)
    PracticeFactory(published=True, title="stranger")
    reader = factories.member()

    tree = [("first", [("second", [("third", [])]), ("cousin", [])])]
    for practice in (first, second, third):
        assert names(family_of(practice, reader)) == tree
        assert [m.practice.title for root in family_of(practice, reader) for m in root if m.is_asked] == [
            practice.title
        ]


def test_what_the_reader_may_not_see_is_left_out_and_the_line_goes_on():
    first = PracticeFactory(published=True, public=True, title="first")
    hidden = PracticeFactory(published=True, title="hidden", adapted_from=first)
    third = PracticeFactory(published=True, public=True, title="third", adapted_from=hidden)
    outsider = factories.UserFactory()

    (root,) = family_of(third, outsider)
    assert names([root]) == [("first", [("third", [])])]
    assert [member.is_indirect for member in root] == [False, True]

    first.unpublish()
    assert names(family_of(third, outsider)) == [("third", [])]


@pytest.mark.parametrize("size", [1, 30])
def test_a_large_family_asks_as_much_as_a_small_one(client, size, django_assert_num_queries):
    first = PracticeFactory(published=True)
    for number in range(size):
        PracticeFactory(published=True, adapted_from=first if number < 5 else Practice.objects.last())
    client.force_login(factories.member())
    url = reverse("practice_family", args=[first.pk])
    client.get(url)
    # session, user, access, unread, practice, co-authors, tree, practices
    with django_assert_num_queries(8):
        assert client.get(url).status_code == 200
