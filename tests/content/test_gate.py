"""A file is visible with the objects that show it: a picture on a members' practice is for members."""

import pytest
from django.utils import timezone

from content.collections import editors_files, members_uploads
from content.models import SiteImage
from groups.practices.models import CoAuthor, Practice, PracticeAttachment, PracticeImage
from groups.practices.picture_sizes import SIZES
from groups.practices.review.sign_off import choose_sign_off
from groups.practices.tasks import make_renditions
from groups.practices.writing import save_draft, submit

from ..factories import MembershipFactory, SchoolFactory, member
from ..groups.factories import (
    PracticeAttachmentFactory,
    PracticeFactory,
    PracticeImageFactory,
    SiteDocumentFactory,
    SiteImageFactory,
)

pytestmark = pytest.mark.django_db

EVERYONE = {
    "anonymous", "outsider", "lapsed", "revoked", "grace", "member", "author", "lead", "organiser", "moderator",
    "other_moderator",
}  # fmt: skip
READERS = EVERYONE - {"anonymous", "outsider", "lapsed", "revoked"}
STAFF = {"organiser", "moderator", "other_moderator"}
# Moderators who decide on practices of the personas' school, which is in Turkey.
REVIEWERS = {"organiser", "moderator"}


@pytest.fixture
def openers(client, personas):
    """Return a function that names who gets the file at an address."""

    def ask(address) -> set[str]:
        allowed = set()
        for who, user in personas.named().items():
            client.logout()
            if user:
                client.force_login(user)
            answer = client.get(address)
            if answer.status_code == 200:
                b"".join(answer.streaming_content)
                allowed.add(who)
                assert ("no-store" in answer["Cache-Control"]) == (user is not None)
            else:
                assert answer.status_code == 404
        return allowed

    return ask


def practice_of(personas, **state) -> tuple[Practice, list[str]]:
    """Return a practice of the author's school and the addresses of its files: original, rendition, document."""
    practice = PracticeFactory(school=personas.school, author=personas.author, **state)
    image = PracticeImageFactory(practice=practice, image__uploaded_by_user=personas.author)
    paper = PracticeAttachmentFactory(practice=practice, document__uploaded_by_user=personas.author)
    # Saved again, as the verb does, because the reference index is updated on save.
    Practice.objects.get(pk=practice.pk).save()
    return practice, [image.image.file.url, image.shown().url, paper.document.file.url]


@pytest.mark.parametrize(
    ("state", "who"),
    [
        ({"published": True, "public": True}, EVERYONE),
        ({"published": True}, READERS),
        ({}, {"author"}),
        ({"public": True}, {"author"}),
    ],
)
def test_files_are_for_the_audience_of_the_practice(personas, openers, state, who):
    _practice, addresses = practice_of(personas, **state)
    for address in addresses:
        assert openers(address) == who, address


def test_what_waits_for_a_decision_is_seen_by_those_who_decide(personas, openers):
    practice, addresses = practice_of(personas)
    save_draft(practice=practice, by=personas.author)
    submit(practice=practice, by=personas.author)
    for address in addresses:
        assert openers(address) == REVIEWERS | {"author"}, address


def test_new_files_of_a_published_practice_are_reviewed_too(personas, openers):
    practice, _addresses = practice_of(personas, published=True, public=True)
    changed = Practice.objects.get(pk=practice.pk).get_latest_revision_as_object()
    changed.cover, changed.cover_alt = SiteImageFactory(uploaded_by_user=personas.author), "New"
    paper = SiteDocumentFactory(uploaded_by_user=personas.author)
    changed.attachments.add(PracticeAttachment(document=paper, title="New"))
    save_draft(practice=changed, by=personas.author)
    for address in (changed.cover.file.url, paper.file.url):
        assert openers(address) == {"author"}
    submit(practice=changed, by=personas.author)
    for address in (changed.cover.file.url, paper.file.url):
        assert openers(address) == REVIEWERS | {"author"}


def test_a_review_opens_no_files_but_its_authors(personas, openers):
    _draft, addresses = practice_of(personas)
    waiting = PracticeFactory(school=personas.school, author=MembershipFactory(school=personas.school).user)
    waiting.images.add(PracticeImage(image=SiteImage.objects.get(), alt="Somebody else’s"))
    save_draft(practice=waiting, by=waiting.author)
    submit(practice=waiting, by=waiting.author)
    assert openers(addresses[0]) == {"author"}


@pytest.mark.parametrize("factory", [SiteImageFactory, SiteDocumentFactory])
def test_moderators_share_what_is_in_their_collection(openers, factory):
    assert openers(factory(collection=editors_files()).file.url) == STAFF
    assert openers(factory(collection=editors_files().add_child(name="Logos")).file.url) == STAFF
    assert openers(factory(collection=members_uploads()).file.url) == set()
    assert openers(factory().file.url) == set()


def test_a_cover_is_a_picture_like_the_others(personas, openers):
    practice = PracticeFactory(published=True, school=personas.school)
    practice.cover, practice.cover_alt = SiteImageFactory(), "Cover"
    practice.save()
    assert openers(practice.card_picture()["url"]) == READERS


def test_a_lapsed_author_still_opens_their_own_and_nothing_else(client):
    author = MembershipFactory(school=SchoolFactory(lapsed=True)).user
    own = PracticeFactory(author=author, school=author.memberships.get().school)
    mine = PracticeImageFactory(practice=own, image__uploaded_by_user=author).image
    theirs = PracticeImageFactory(practice=PracticeFactory(published=True)).image
    own.save()
    Practice.objects.exclude(pk=own.pk).get().save()
    client.force_login(author)
    assert client.get(mine.file.url).status_code == 200
    assert client.get(theirs.file.url).status_code == 404


def test_a_picture_of_a_version_that_is_not_published_stays_private(client, personas):
    practice, _addresses = practice_of(personas, published=True, public=True)
    changed = Practice.objects.get(pk=practice.pk).get_latest_revision_as_object()
    secret = SiteImageFactory(uploaded_by_user=personas.author)
    changed.images.add(type(changed.images.first())(image=secret, alt="New"))
    save_draft(practice=changed, by=personas.author)
    client.force_login(member())
    assert client.get(secret.file.url).status_code == 404
    client.force_login(personas.author)
    assert client.get(secret.file.url).status_code == 200


def test_co_authors_see_a_picture_of_the_draft_alone(personas, openers):
    practice, _addresses = practice_of(personas, published=True, public=True)
    changed = Practice.objects.get(pk=practice.pk).get_latest_revision_as_object()
    secret = SiteImageFactory(uploaded_by_user=personas.author)
    changed.images.add(PracticeImage(image=secret, alt="New"))
    save_draft(practice=changed, by=personas.author)
    person = personas.member
    school = person.memberships.get().school
    invitation = CoAuthor.objects.create(practice=practice, person=person, school=school, answered_at=timezone.now())
    for standing, who in (("invited", {"author"}), ("accepted", {"author", "member"}), ("left", {"author"})):
        CoAuthor.objects.filter(pk=invitation.pk).update(standing=standing)
        assert openers(secret.file.url) == who, standing


def test_one_private_owner_keeps_a_shared_picture_private(client, personas):
    public, _addresses = practice_of(personas, published=True, public=True)
    private = PracticeFactory(published=True, school=personas.school, author=personas.author)
    PracticeImageFactory(practice=private, image=public.images.get().image)
    Practice.objects.get(pk=private.pk).save()
    assert client.get(public.images.get().image.file.url).status_code == 404


def test_the_sizes_are_made_in_advance():
    image = SiteImageFactory()
    make_renditions.call([image.pk])
    assert set(SiteImage.objects.get(pk=image.pk).renditions.values_list("filter_spec", flat=True)) == set(SIZES)
    make_renditions.call([image.pk])
    assert SiteImage.objects.get(pk=image.pk).renditions.count() == 5


def test_the_lead_who_signs_off_sees_the_pictures_too(personas, openers):
    choose_sign_off(school=personas.school, wanted=True, by=personas.lead)
    practice, addresses = practice_of(personas)
    save_draft(practice=practice, by=personas.author)
    submit(practice=practice, by=personas.author)
    for address in addresses:
        assert openers(address) == {"author", "lead"}, address
