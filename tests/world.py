"""One of every object, each with a needle: a unique word that nobody may read who may not see the object."""

from dataclasses import dataclass, field
from uuid import uuid4

from django.utils import timezone

from community.access import Audience
from community.models import Confirmation, Invitation
from community.models.invitations import hashed
from content.collections import editors_files
from events.models import AttendanceLine, EventPage, Feed, Feedback, GuestPass, Material
from groups.discussions.polls.polling import add_poll
from groups.practices.finding import collecting
from groups.practices.models import CoAuthor, Practice
from groups.practices.review.sign_off import choose_sign_off
from groups.practices.writing import save_draft, submit
from groups.practices.writing.conflict_copies import keep_copy
from home.models import HomePage, StandardPage
from home.site_setup import set_up_site
from learning.models import ResourcePage
from moderation.models import Report
from notifications.models import Message

from .directory.factories import ProfileItemFactory
from .events.factories import EventPageFactory, ProposalFactory, RegistrationFactory
from .groups.factories import (
    AdoptionFactory,
    CommentFactory,
    PracticeAttachmentFactory,
    PracticeFactory,
    PracticeImageFactory,
    SiteDocumentFactory,
    SiteImageFactory,
    TopicFactory,
)
from .personas import Personas

EVERYONE = frozenset(
    {
        *("anonymous", "outsider", "lapsed", "revoked", "grace", "member", "author", "lead", "organiser"),
        *("moderator", "other_moderator"),
    }
)
READERS = EVERYONE - {"anonymous", "outsider", "lapsed", "revoked"}
MODERATORS = frozenset({"organiser", "moderator"})
NOBODY = frozenset()
GUEST_TOKEN = "a-guests-token"
FEED_TOKEN = "a-calendars-token"

# needle → who may read it, on any page
NEEDLES = {
    "publicneedle": EVERYONE,
    "membersneedle": READERS,
    "draftneedle": frozenset({"author"}),
    "collectionneedle": frozenset({"author", "lead"}),
    "curatedneedle": READERS,
    "submittedneedle": MODERATORS | {"author"},
    "signoffneedle": frozenset({"author", "lead"}),
    "tryneedle": READERS,
    "hiddentryneedle": MODERATORS,
    "commentneedle": READERS,
    "answerneedle": READERS,
    "hiddencommentneedle": MODERATORS,
    "withdrawnneedle": NOBODY,
    "draftcommentneedle": NOBODY,
    "topicneedle": READERS,
    "pollneedle": READERS,
    "hiddentopicneedle": MODERATORS,
    "reportneedle": MODERATORS,
    "eventneedle": READERS,
    "resourceneedle": READERS,
    "pageneedle": READERS,
    "schoolpictureneedle": EVERYONE,
    "schoolwaitsneedle": MODERATORS | {"lead"},
    "schoolrefusedneedle": MODERATORS | {"lead"},
    "inviteneedle": MODERATORS | {"lead"},
    "messageneedle": frozenset({"author"}),
    "proposalneedle": frozenset({"author"}),
    "guestneedle": MODERATORS | {"other_moderator"},
    "pasteventneedle": READERS,
    # The author's own, to edit. Fewer than five answers are shown to nobody else.
    "feedbackneedle": frozenset({"author"}),
    "recordingneedle": MODERATORS | {"other_moderator", "author"},
    # Only the redirect reveals it, to people who may see it.
    "recording-address-needle": frozenset({"author"}),
    "consentneedle": MODERATORS | {"other_moderator"},
    "heldneedle": MODERATORS | {"other_moderator"},
    "lineneedle": MODERATORS | {"other_moderator"},
    "room-needle-secret": NOBODY,
}


@dataclass
class World:
    """The personas and their objects: `author` wrote the practices, `member` has a place at the event."""

    personas: Personas = field(default_factory=Personas)

    def __post_init__(self):
        people = self.personas
        self.home: HomePage = set_up_site()
        own = {"school": people.school, "author": people.author}
        self.public = self._practice("publicneedle", published=True, public=True, **own)
        self.members = self._practice("membersneedle", published=True, **own)
        self.draft = save_draft(practice=self._practice("draftneedle", **own), by=people.author)
        self.submitted = save_draft(practice=self._practice("submittedneedle", **own), by=people.author)
        submit(practice=self.submitted, by=people.author)
        self.co_author = CoAuthor.objects.create(practice=self.public, person=people.member, invited_by=people.author)
        self.words = keep_copy(
            practice=self.draft, by=people.author, window=uuid4(), step="what", body="step=what&title=draftneedle"
        )
        # Submitted while the school required a lead's sign-off.
        self.to_sign_off = save_draft(practice=self._practice("signoffneedle", **own), by=people.author)
        choose_sign_off(school=people.school, wanted=True, by=people.lead)
        submit(practice=self.to_sign_off, by=people.author)
        self.image = PracticeImageFactory(practice=self.members, alt="membersneedle").image
        self.document = PracticeAttachmentFactory(practice=self.members, title="membersneedle").document
        self.loose_image = SiteImageFactory(collection=editors_files())
        self.loose_document = SiteDocumentFactory(collection=editors_files())
        self._talk(people)
        self.collection = collecting.begin(
            kind="school",
            school=people.school,
            title="collectionneedle",
            description="collectionneedle",
            by=people.lead,
        )
        collecting.add(practice=self.members, collection=self.collection, by=people.lead)
        curated = collecting.begin(kind="curated", title="curatedneedle", by=people.moderator)
        collecting.add(practice=self.members, collection=curated, by=people.moderator)
        self.report = AdoptionFactory(
            practice=self.members, school=people.member.memberships.get().school, needle="tryneedle"
        )
        AdoptionFactory(practice=self.members, needle="hiddentryneedle", live=False, hidden_reason="hiddentryneedle")
        self.event: EventPage = EventPageFactory(title="eventneedle", summary="eventneedle", slug="hidden-event")
        RegistrationFactory(event=self.event, user=people.member, school=people.member.memberships.get().school)
        self.open_event: EventPage = EventPageFactory(title="Open evening", slug="open-evening", audience="public")
        self.guest = GuestPass.objects.create(
            event=self.open_event,
            name="Guest",
            email="guestneedle@museum.example",
            token_hash=hashed(GUEST_TOKEN),
            expires_at=self.open_event.ends_at,
        )
        Feed.objects.create(user=people.grace, token_hash=hashed(FEED_TOKEN))
        self.proposal = ProposalFactory(proposer=people.author, school=people.school, title="proposalneedle")
        # `author` took part in a past event, gave feedback, and can see the recording.
        self.past_event: EventPage = EventPageFactory(title="pasteventneedle", slug="past-event", over=True)
        came = RegistrationFactory(
            event=self.past_event, user=people.author, school=people.school, attended_at=self.past_event.starts_at
        )
        Feedback.objects.create(registration=came, overall=5, useful=5, technique=5, liked="feedbackneedle")
        self.recording = Material.objects.create(
            event=self.past_event,
            title="recordingneedle",
            url="https://videos.example/recording-address-needle",
            consent="consentneedle",
            is_recording=True,
            live=True,
        )
        self.held_back = Material.objects.create(
            event=self.past_event, title="heldneedle", document=SiteDocumentFactory(collection=editors_files())
        )
        self.line = AttendanceLine.objects.create(event=self.past_event, line=2, name="lineneedle")
        self.resource = self._page(ResourcePage, "resourceneedle", parent="learning", body=[("text", "resourceneedle")])
        # In the menus, which must not show a members' page to others.
        self.page = self._page(StandardPage, "pageneedle", body=[("text", "pageneedle")], show_in_menus=True)
        shown_by = {"school": people.school, "image__uploaded_by_user": people.lead}
        self.school_picture = ProfileItemFactory(alt="schoolpictureneedle", shown=True, **shown_by)
        self.school_waits = ProfileItemFactory(logo=True, alt="schoolwaitsneedle", **shown_by)
        refused = {"alt": "schoolrefusedneedle", "refused": True, "reason": "schoolrefusedneedle"}
        self.school_refused = ProfileItemFactory(**refused, **shown_by)
        self.school_link = ProfileItemFactory(
            website=True, url="https://schoolwaitsneedle.example/", school=people.school
        )
        self.invitation = Invitation.objects.create(
            school=people.school,
            email="inviteneedle@school.example",
            confirmed_by=Confirmation.LEAD,
            invited_by=people.lead,
            token_hash=hashed("a-token"),
        )
        self.message = Message.objects.create(
            recipient=people.author,
            address=people.author.email,
            kind="practices/practice_returned",
            key="k",
            subject="messageneedle",
            html="messageneedle",
            url="/en/",
        )

    def _talk(self, people: Personas) -> None:
        """Create comments by `author` on the members' practice, two topics, and a reported comment."""
        own = {"school": people.school, "author": people.author}
        hidden = {"live": False, "hidden_reason": "hiddencommentneedle"}
        self.comment = CommentFactory(practice=self.members, text="commentneedle", **own)
        self.answer = CommentFactory(practice=self.members, parent=self.comment, text="answerneedle", **own)
        self.hidden_comment = CommentFactory(practice=self.members, text="hiddencommentneedle", **hidden, **own)
        # Answered before it was hidden, so its place remains but not its text.
        CommentFactory(practice=self.members, parent=self.hidden_comment, text="answerneedle", **own)
        CommentFactory(practice=self.members, text="withdrawnneedle", withdrawn_at=timezone.now(), **own)
        CommentFactory(practice=self.draft, text="draftcommentneedle", **own)
        self.topic = TopicFactory(needle="topicneedle", **own)
        add_poll(topic=self.topic, by=people.author, question="pollneedle", options=["pollneedle", "Another"])
        reason = {"live": False, "hidden_reason": "hiddentopicneedle"}
        self.hidden_topic = TopicFactory(needle="hiddentopicneedle", **reason, **own)
        self.comment_report = Report.objects.create(
            kind="comment", about_id=self.comment.pk, country="TR", reporter=people.member, reason="reportneedle"
        )

    def _practice(self, needle: str, **fields) -> Practice:
        return PracticeFactory(title=needle, summary=needle, context=f"<p>{needle}</p>", **fields)

    def _page(self, model: type, needle: str, parent: str = "", **fields):
        above = self.home.get_children().get(slug=parent).specific if parent else self.home
        page = model(title=needle, slug=f"hidden-{model._meta.model_name}", summary=needle, **fields)
        page.audience = Audience.MEMBERS
        return above.add_child(instance=page)
