"""Comments and topics, as members can report them and moderators can hide them."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from moderation.reportable import AuthorMessage, Reportable

from .comments.commenting import count, locked_row
from .models import Comment, Topic

HIDDEN = "groups.hide_words"
RESTORED = "groups.restore_words"


class ReportableComment(Reportable):
    key = "comment"
    label = _("comment")
    model = Comment
    hide_action = HIDDEN
    restore_action = RESTORED

    def address(self, thing: Comment) -> str:
        return f"{thing.get_absolute_url()}#comment-{thing.pk}"

    def words(self, thing: Comment) -> str:
        return thing.text

    def message_to_author(self, thing: Comment) -> AuthorMessage:
        context = {"place": thing.place, "words": thing.text, "reason": thing.hidden_reason}
        return AuthorMessage("discussions/words_hidden", thing.place.get_absolute_url, context)

    def lock(self, thing: Comment) -> Comment:
        locked_row(thing)
        return super().lock(thing)

    def recount(self, thing: Comment) -> None:
        count(thing.place)


class ReportableTopic(Reportable):
    """A topic is hidden with all its comments."""

    key = "topic"
    label = _("topic")
    model = Topic
    hide_action = HIDDEN
    restore_action = RESTORED

    def address(self, thing: Topic) -> str:
        return thing.get_absolute_url()

    def words(self, thing: Topic) -> str:
        return thing.title

    def message_to_author(self, thing: Topic) -> AuthorMessage:
        context = {"place": thing, "words": thing.title, "reason": thing.hidden_reason}
        return AuthorMessage("discussions/words_hidden", partial(reverse, "topic_list"), context)
