"""Practices with states as traits: PracticeFactory(published=True, public=True), PracticeFactory(empty=True)."""

import io

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image

from community.access import Audience
from content.models import SiteDocument, SiteImage
from groups.discussions.comments.commenting import count
from groups.discussions.models import Comment, Topic
from groups.practices.models import Adoption, Practice, PracticeAttachment, PracticeImage

from ..factories import MembershipFactory, SchoolFactory


class PracticeFactory(DjangoModelFactory):
    class Meta:
        model = Practice

    school = factory.SubFactory(SchoolFactory, labelled=True)
    author = factory.LazyAttribute(lambda practice: MembershipFactory(school=practice.school).user)
    title = factory.Sequence(lambda n: f"Practice number {n}")
    summary = "Pupils lead the lesson."
    pillars = ["agency"]
    levels = ["isced2"]
    context = "<p>A small town.</p>"
    steps = "<p>First, then.</p>"
    results = "<p>They spoke more.</p>"
    evidence_strength = "observation"

    class Params:
        published = factory.Trait(live=True, first_published_at=factory.LazyFunction(timezone.now))
        public = factory.Trait(audience=Audience.PUBLIC)
        empty = factory.Trait(summary="", pillars=[], levels=[], context="", steps="", results="", evidence_strength="")


def picture(colour: str = "teal", size: tuple[int, int] = (60, 40), kind: str = "PNG") -> bytes:
    """Return the bytes of a small valid image."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind)
    return buffer.getvalue()


class SiteImageFactory(DjangoModelFactory):
    class Meta:
        model = SiteImage

    title = factory.Sequence(lambda n: f"Image {n}")
    file = factory.LazyFunction(lambda: ContentFile(picture(), "a.png"))


class SiteDocumentFactory(DjangoModelFactory):
    class Meta:
        model = SiteDocument

    title = factory.Sequence(lambda n: f"Document {n}")
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7\n%%EOF", "a.pdf"))


class PracticeImageFactory(DjangoModelFactory):
    class Meta:
        model = PracticeImage

    practice = factory.SubFactory(PracticeFactory)
    image = factory.SubFactory(SiteImageFactory)
    alt = "Pupils around a table"


class PracticeAttachmentFactory(DjangoModelFactory):
    class Meta:
        model = PracticeAttachment

    practice = factory.SubFactory(PracticeFactory)
    document = factory.SubFactory(SiteDocumentFactory)
    title = "Worksheet"


class AdoptionFactory(DjangoModelFactory):
    """An adoption report: AdoptionFactory(practice=practice, needle="every text contains this")."""

    class Meta:
        model = Adoption

    practice = factory.SubFactory(PracticeFactory, published=True)
    school = factory.SubFactory(SchoolFactory, labelled=True)
    author = factory.LazyAttribute(lambda report: MembershipFactory(school=report.school).user)
    context = factory.SelfAttribute("needle")
    changes = factory.SelfAttribute("needle")
    outcome = factory.SelfAttribute("needle")
    again = "yes"

    class Params:
        needle = "Twelve pupils, two weeks."


class CommentFactory(DjangoModelFactory):
    """A comment on a practice: CommentFactory(practice=practice, text="Thank you"); or CommentFactory(topic=topic)."""

    class Meta:
        model = Comment
        skip_postgeneration_save = True

    class Params:
        topic = None
        practice = factory.Maybe("topic", None, factory.SubFactory(PracticeFactory, published=True))

    place = factory.LazyAttribute(lambda comment: comment.topic or comment.practice)
    school = factory.SubFactory(SchoolFactory, labelled=True)
    author = factory.LazyAttribute(lambda comment: MembershipFactory(school=comment.school).user)
    text = "How long did it take?"

    @factory.post_generation
    def counted(self, create, value):
        count(self.place)


class TopicFactory(DjangoModelFactory):
    """A topic with its opening comment: TopicFactory(needle="every text contains this")."""

    class Meta:
        model = Topic
        skip_postgeneration_save = True

    school = factory.SubFactory(SchoolFactory, labelled=True)
    author = factory.LazyAttribute(lambda topic: MembershipFactory(school=topic.school).user)
    title = factory.SelfAttribute("needle")

    class Params:
        needle = "Who has tried a reading lab?"

    @factory.post_generation
    def opened(self, create, value):
        Comment.objects.create(place=self, author=self.author, school=self.school, text=self.title, is_opening=True)
