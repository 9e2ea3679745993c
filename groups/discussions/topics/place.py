from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Topic
from ..places import PlaceKind


class TopicKind(PlaceKind):
    """Topics, read from the oldest comment to the newest. Their authors are subscribed when they start one."""

    model = Topic
    key = "topic"
    newest_first = False
    counter = "replies_count"
    latest_at = "last_activity_at"
    subscriber_reason = gettext_lazy("You’re getting this email because you follow this topic.")

    def visible_to(self, user) -> QuerySet:
        return Topic.objects.visible_to(user)

    def open_to(self, user) -> QuerySet:
        return Topic.objects.open_to(user)

    def refusal(self, place: Topic) -> str:
        return _("This topic is closed. You can read it, but you can’t add to it.") if place.is_closed else ""

    def answer_id(self, place: Topic) -> int | None:
        return place.answer_id

    def crumbs(self) -> list[tuple[str, str]]:
        return [(_("Discussions"), reverse("topic_list"))]
