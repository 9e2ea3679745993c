"""Blocks of the public pages that show live data or a form, also in their previews in the editor."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..feedback.forms import FeedbackForm
from . import showcase as front
from .text_blocks import PREVIEW


class LiveBlock(blocks.StructBlock):
    """A block that shows data the current reader may see. Editors change only its texts."""

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context)
        request = context.get("request")
        return {**context, **self.now(getattr(request, "user", None) or AnonymousUser())}

    def now(self, user) -> dict:
        """Return the extra template context for this reader."""
        raise NotImplementedError


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
