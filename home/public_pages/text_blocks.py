"""Blocks of the public pages that show what editors wrote."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from community.access import Audience

PREVIEW = "home/blocks/preview.html"
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
