"""The main job from the award list to the next school, once with only the keyboard and once without JavaScript."""

import re

import pytest
from django.core import mail

from community.models import Invitation, Membership, Role
from community.moderators import appoint
from directory.models import ProfileItem, Status
from events.models import Registration
from groups.discussions.models import Comment
from groups.practices.models import Adoption, Practice
from groups.practices.review.sign_off import choose_sign_off

from .. import factories
from ..groups.factories import picture
from ..world import World
from .hands import BOTH, Hands, WithTheKeyboard

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

AWARDED = """school_code,school_name,country,city,edition,starts_on,ends_on,lead_name,lead_email
TR-900,Işık Köyü Ortaokulu,TR,Ağrı,2026–2099,2026-01-01,2099-12-31,Zeynep Işık,zeynep@isik.example
"""
PASSWORD = "a-long-enough-passphrase"


@pytest.fixture
def begin(person):
    """Open a browser that is limited to these hands."""

    def open_browser(hands: type[Hands], user=None) -> Hands:
        one = hands(person(**hands.options))
        if user:
            one.sign_in(user)
        return one

    return open_browser


def appointed():
    """Return a central moderator who may enter the desk."""
    user = factories.UserFactory()
    appoint(organisation=factories.SupportOrganisationFactory(central=True), user=user)
    return user


def address_in_last_mail() -> str:
    """Return the address in the invitation, changed to the English page whatever the language of the email."""
    return re.search(r"/\w\w(/invitations/\S+)", mail.outbox[-1].body).expand(r"/en\1")


def accept_invitation(guest: Hands, name: str) -> None:
    guest.open(address_in_last_mail())
    guest.follow("Create your account")
    guest.write("Your name", name)
    guest.write("Password", PASSWORD)
    guest.write(re.compile("Password.*again", re.IGNORECASE), PASSWORD)
    guest.press("Create account and join")
    guest.reads(f"Welcome, {name}")


@BOTH
def test_from_the_award_list_to_a_colleague(begin, hands):
    World()
    moderator = begin(hands, appointed())
    moderator.open("/admin/award-lists/upload/")
    moderator.attach("Award list", {"name": "list.csv", "mimeType": "text/csv", "buffer": AWARDED.encode()})
    moderator.press("Check the list")
    moderator.reads("What will happen")
    moderator.press("Import 1 row")
    moderator.reads("Import complete.")

    lead = begin(hands)
    accept_invitation(lead, "Zeynep Işık")
    lead.follow("Colleagues")
    lead.write("Email", "ali@isik.example")
    lead.press("Send invitation")
    lead.reads("ali@isik.example")
    assert Invitation.objects.get(email="ali@isik.example").role == Role.TEACHER

    accept_invitation(begin(hands), "Ali Işık")
    roles = Membership.objects.filter(school__code="TR-900").values_list("user__name", "role")
    assert set(roles) == {("Zeynep Işık", Role.LEAD), ("Ali Işık", Role.TEACHER)}


def write(author: Hands, hands: type[Hands]) -> None:
    """Write a practice with a picture, step by step, and submit it."""
    author.open("/en/practices/new/")
    author.write("Title", "Köyün ışık haritası")
    author.write("Summary", "Children counted the street lamps of the village.")
    author.tick("Student agency")
    author.tick("Primary")
    author.press("Next")
    author.reads("Step 2 of 5")
    author.write_prose("context", "The village was dark.")
    author.write_prose("steps", "We counted the lamps.")
    author.press("Next")
    author.reads("Step 3 of 5")
    author.write_prose("results", "Seven were mended.")
    author.choose("Type of evidence", "Observation")
    author.press("Next")
    author.reads("Step 4 of 5")
    image = {"name": "map.png", "mimeType": "image/png", "buffer": picture(size=(1200, 700))}
    author.attach("choose pictures" if hands is WithTheKeyboard else re.compile("^Picture"), image)
    author.write("Description", "A hand-drawn map with lamps")
    author.press("Next")
    author.reads("Step 5 of 5")
    author.press("Submit for review")
    author.reads("Current status")


@BOTH
def test_from_the_first_word_to_the_next_school(begin, hands):
    world = World()
    reviewers = [appointed(), appointed()]
    school = factories.SchoolFactory(labelled=True, country="IE")
    writer = factories.MembershipFactory(school=school).user
    lead = factories.MembershipFactory(school=school, lead=True).user
    choose_sign_off(school=school, wanted=True, by=lead)

    author = begin(hands, writer)
    write(author, hands)
    practice = Practice.objects.get(title="Köyün ışık haritası")

    signer = begin(hands, lead)
    signer.open("/en/dashboard/")
    signer.follow("Köyün ışık haritası")
    signer.press("Sign off")
    signer.reads("Signed off and sent to the reviewers.")

    for moderator in reviewers:
        reviewer = begin(hands, moderator)
        reviewer.open(f"/admin/snippets/practices/practice/edit/{practice.pk}/")
        reviewer.press("Claim this review")
        reviewer.reads("No one else can see your review until you submit it.")
        reviewer.score_well()
        reviewer.tick(re.compile("^Publish$"))
        reviewer.write("Your note to the author", "Others can repeat it.")
        reviewer.press("Submit my review")
        reviewer.reads("Good practices")
    author.open(f"/en/practices/{practice.pk}/history/")
    author.reads("Published")

    reader = begin(hands, world.personas.member)
    reader.open("/en/practices/")
    reader.write("Keywords", "isik")
    reader.press("Search")
    reader.follow("Köyün ışık haritası")
    reader.press("Save")
    reader.reads("Saved")
    reader.write("Your comment", "How many lamps?")
    reader.press("Comment")
    reader.reads("How many lamps?")
    assert Comment.objects.in_place(practice).get().author == world.personas.member
    reader.open(practice.get_absolute_url())
    reader.follow("Our school tried this")
    reader.write("Where you tried it", "With eleven pupils of eight.")
    reader.write("What happened", "We found nine dark corners.")
    reader.tick("yes, as it is")
    reader.press("Publish the report")
    reader.reads("We found nine dark corners.")
    assert Adoption.objects.get(practice=practice).outcome == "We found nine dark corners."
    reader.open(practice.get_absolute_url())
    reader.follow("Adapt this")
    reader.press("Start the draft")
    reader.reads("Step 1 of 5")
    assert Practice.objects.get(adapted_from=practice).author == world.personas.member

    guest = begin(hands, world.personas.author)
    guest.open("/en/events/hidden-event/")
    guest.press("Register")
    guest.reads("You have a place")
    guest.press("Cancel my registration")
    guest.reads("Your registration has been cancelled.")
    assert Registration.objects.get(event=world.event, user=world.personas.author).is_cancelled


@BOTH
def test_moderating_a_picture_and_a_report(begin, hands):
    world = World()
    moderator = begin(hands, appointed())
    moderator.open("/admin/school-pages/")
    moderator.press("Approve")
    moderator.reads("It’s now on the school’s page.")
    moderator.unfold("Decline")
    moderator.write("Reason", "It is the page of a shop.")
    moderator.press("Decline")
    moderator.reads("You’re all caught up.")
    assert ProfileItem.objects.filter(status=Status.WAITING).count() == 0

    moderator.open("/admin/desk/?kind=report")
    moderator.follow(re.compile("commentneedle", re.IGNORECASE))
    moderator.reads(re.compile("reportneedle", re.IGNORECASE))
    moderator.unfold(re.compile("^Hide it"))
    moderator.write("Why? The author will see this.", "It names a pupil.")
    moderator.press("Hide it")
    moderator.reads("Hidden. The author has been told why.")
    world.comment.refresh_from_db()
    assert (world.comment.live, world.comment.hidden_reason) == (False, "It names a pupil.")
