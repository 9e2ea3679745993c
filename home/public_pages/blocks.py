"""Blocks of the public pages. Some show live figures, also in their previews in the editor."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from community.access import Audience
from content.blocks import ChecklistBlock, DownloadBlock, FigureBlock, HeadingBlock, QuoteBlock, TextBlock, VideoBlock

from ..feedback.forms import FeedbackForm
from . import showcase as front

PREVIEW = "home/blocks/preview.html"
TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
ICONS = [
    ("award", _("award")),
    ("book-open", _("book")),
    ("calendar", _("calendar")),
    ("check-circle", _("tick")),
    ("flag", _("flag")),
    ("globe", _("globe")),
    ("graduation-cap", _("graduation cap")),
    ("message-circle", _("speech bubble")),
    ("rotate-ccw", _("circular arrow")),
    ("school", _("school")),
    ("shield-check", _("shield")),
    ("sparkles", _("sparkles")),
    ("star", _("star")),
    ("users", _("people")),
]


class LiveBlock(blocks.StructBlock):
    """A block that shows data the current reader may see. Editors change only its texts."""

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context)
        request = context.get("request")
        return {**context, **self.now(getattr(request, "user", None) or AnonymousUser())}

    def now(self, user) -> dict:
        """Return the extra template context for this reader."""
        raise NotImplementedError


class LinkedPage(blocks.StructValue):
    """A value with an optional `page`. There is no link if it is empty, a draft or for members only."""

    @property
    def target(self) -> Any:
        """Return the page to link to, in the reader's language if translated, or None."""
        page = self.get("page")
        if page and page.language != get_language():
            page = page.localized
        return page if page and page.live and page.audience == Audience.PUBLIC else None

    @property
    def link(self) -> str:
        return self.target.url if self.target else ""


class HeroBlock(blocks.StructBlock):
    eyebrow = blocks.CharBlock(required=False, max_length=80, label=_("line above the title"))
    title = blocks.CharBlock(max_length=120, label=_("title"))
    text = blocks.TextBlock(max_length=400, label=_("text"))

    class Meta:
        icon = "home"
        label = _("opening")
        template = "home/blocks/hero.html"
        preview_template = PREVIEW
        preview_value = {
            "eyebrow": "The group of labelled schools",
            "title": "Schools that share what works",
            "text": "What one school has tried, another need not invent again.",
        }
        description = _("The first thing visitors see: what this site is, and where to start.")


class FiguresBlock(LiveBlock):
    title = blocks.CharBlock(max_length=120, label=_("title"))

    def now(self, user) -> dict:
        return front.figures_context(user)

    class Meta:
        icon = "order"
        label = _("live figures")
        template = "home/blocks/figures.html"
        preview_template = PREVIEW
        preview_value = {"title": "The group today"}
        description = _("The current number of schools, countries and practices, and the next event.")


class PillarsBlock(LiveBlock):
    title = blocks.CharBlock(max_length=120, label=_("title"))
    text = blocks.TextBlock(required=False, max_length=400, label=_("text"))

    def now(self, user) -> dict:
        return {"pillars": front.pillars(user)}

    class Meta:
        icon = "list-ol"
        label = _("the five pillars")
        template = "home/blocks/pillars.html"
        preview_template = PREVIEW
        preview_value = {"title": "Five pillars, one mission", "text": "The label recognises five things."}
        description = _("A card for each pillar, showing how many practices it has.")


class PracticesBlock(LiveBlock):
    title = blocks.CharBlock(max_length=120, label=_("title"))

    def now(self, user) -> dict:
        return {"practices": front.newest_practices(user)}

    class Meta:
        icon = "doc-full"
        label = _("newest practices")
        template = "home/blocks/practices.html"
        preview_template = PREVIEW
        preview_value = {"title": "New from the schools"}
        description = _("The newest good practices the reader can see.")


class EventsBlock(LiveBlock):
    title = blocks.CharBlock(max_length=120, label=_("title"))

    def now(self, user) -> dict:
        return {"events": front.next_events(user)}

    class Meta:
        icon = "calendar"
        label = _("upcoming events")
        template = "home/blocks/events.html"
        preview_template = PREVIEW
        preview_value = {"title": "Next meetings"}
        description = _("The next events the reader can see.")


class PointBlock(blocks.StructBlock):
    icon = blocks.ChoiceBlock(choices=ICONS, default="star", label=_("picture"))
    title = blocks.CharBlock(max_length=120, label=_("title"))
    text = blocks.TextBlock(max_length=500, label=_("text"))

    class Meta:
        icon = "pick"
        label = _("point")
        label_format = "{title}"


class PointsBlock(blocks.StructBlock):
    """Points side by side, each with a picture, such as benefits."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("title"))
    text = blocks.TextBlock(required=False, max_length=400, label=_("text"))
    points = blocks.ListBlock(PointBlock(), min_num=1, label=_("points"))
    page = blocks.PageChooserBlock("home.StandardPage", required=False, label=_("page with more information"))

    class Meta:
        icon = "grip"
        label = _("points")
        template = "home/blocks/points.html"
        preview_template = PREVIEW
        value_class = LinkedPage
        preview_value = {
            "title": "What the label brings",
            "text": "",
            "points": [
                {"icon": "flag", "title": "To be seen", "text": "A plaque for the wall and a flag for the gate."},
                {"icon": "users", "title": "Not alone", "text": "A network of schools that work the same way."},
            ],
        }
        description = _("Short points with pictures, such as benefits.")


class StepBlock(blocks.StructBlock):
    when = blocks.CharBlock(
        required=False, max_length=40, label=_("when"), help_text=_("Leave blank to number the steps.")
    )
    title = blocks.CharBlock(max_length=120, label=_("title"))
    text = blocks.TextBlock(max_length=600, label=_("text"))

    class Meta:
        icon = "pick"
        label = _("step")
        label_format = "{title}"


class StepsBlock(blocks.StructBlock):
    """Steps in order, such as how to join or a school's year."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("title"))
    text = blocks.TextBlock(required=False, max_length=400, label=_("text"))
    steps = blocks.ListBlock(StepBlock(), min_num=1, label=_("steps"))
    page = blocks.PageChooserBlock("home.StandardPage", required=False, label=_("page with more information"))

    class Meta:
        icon = "order-down"
        label = _("steps")
        template = "home/blocks/steps.html"
        preview_template = PREVIEW
        value_class = LinkedPage
        preview_value = {
            "title": "How a school gets in",
            "text": "",
            "steps": [
                {"when": "", "title": "The label is awarded", "text": "By the support organisation of the country."},
                {"when": "", "title": "The school lead is invited", "text": "By e-mail, in person."},
            ],
        }
        description = _("Steps in order, numbered or with a time.")


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=200, label=_("question"))
    answer = blocks.RichTextBlock(features=["bold", "italic", "ol", "ul", "link"], label=_("answer"))

    class Meta:
        icon = "help"
        label = _("question")
        label_format = "{question}"


class QuestionsBlock(blocks.StructBlock):
    title = blocks.CharBlock(required=False, max_length=120, label=_("title"))
    questions = blocks.ListBlock(QuestionBlock(), min_num=1, label=_("questions"))

    class Meta:
        icon = "help"
        label = _("questions and answers")
        template = "home/blocks/questions.html"
        preview_template = PREVIEW
        preview_value = {
            "title": "About access",
            "questions": [{"question": "Can one buy access?", "answer": "<p>No. It comes with the label.</p>"}],
        }
        description = _("Questions that open to show their answers. They work by keyboard and without scripts too.")


class NoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(max_length=600, label=_("text"))

    class Meta:
        icon = "info-circle"
        label = _("note")
        template = "home/blocks/note.html"
        preview_template = PREVIEW
        preview_value = {"text": "These descriptions are our own words; they are not official criteria."}
        description = _("Useful information, set apart from the text.")


class CallBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120, label=_("title"))
    text = blocks.TextBlock(required=False, max_length=400, label=_("text"))
    page = blocks.PageChooserBlock("home.StandardPage", label=_("page with more information"))
    label = blocks.CharBlock(max_length=60, label=_("button text"))

    class Meta:
        icon = "link"
        label = _("link to another page")
        template = "home/blocks/call.html"
        preview_template = PREVIEW
        value_class = LinkedPage
        preview_value = {"title": "Does your school hold the label?", "text": "", "label": "How a school gets in"}
        description = _("A banner that links to another page.")


class FeedbackBlock(blocks.StructBlock):
    """The feedback form to the moderators. home/feedback/views.py handles it."""

    title = blocks.CharBlock(max_length=120, label=_("title"))
    text = blocks.TextBlock(required=False, max_length=400, label=_("text"))

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context)
        user = getattr(context.get("request"), "user", None)
        return {**context, "form": FeedbackForm(user=user)}

    class Meta:
        icon = "mail"
        label = _("feedback form")
        template = "home/blocks/feedback.html"
        preview_template = PREVIEW
        preview_value = {"title": "Tell us", "text": "What did you want to do, and what happened?"}
        description = _("A form that anyone can use. The messages go to the moderators.")


class PageBlock(blocks.StreamBlock):
    """The body of a public page."""

    heading = HeadingBlock(max_length=150)
    text = TextBlock(features=TEXT_FEATURES)
    points = PointsBlock()
    steps = StepsBlock()
    questions = QuestionsBlock()
    checklist = ChecklistBlock()
    quote = QuoteBlock()
    note = NoteBlock()
    image = FigureBlock()
    document = DownloadBlock()
    video = VideoBlock()
    pillars = PillarsBlock()
    call = CallBlock()
    feedback = FeedbackBlock()

    class Meta:
        template = "home/blocks/page.html"


class FrontBlock(blocks.StreamBlock):
    """The bands of the home page, in the editors' order."""

    hero = HeroBlock()
    figures = FiguresBlock()
    points = PointsBlock()
    pillars = PillarsBlock()
    practices = PracticesBlock()
    events = EventsBlock()
    steps = StepsBlock()
    call = CallBlock()

    class Meta:
        template = "home/blocks/front.html"
