"""The moderators' screens for school pages, and what the directory adds to other rooms."""

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from community.models import School
from content.gate import REVIEWED_FILES_HOOK
from content.machine_cards import MACHINE_CARDS_HOOK, MakeCard
from moderation.waiting import HOOK, PEOPLE_HOOK
from notifications.topics import TOPICS_HOOK, Topic

from . import admin_review as screens
from .machine_card import school_card
from .messages import TOPICS
from .models import ProfileItem
from .review import APPROVED, REFUSED, TAKEN_OFF
from .waiting import WaitingItems, refused_of

urlpatterns = [
    path("", screens.Queue.as_view(), name="index"),
    path("<int:pk>/approve/", screens.approve_item, name="approve"),
    path("<int:pk>/refuse/", screens.refuse_item, name="refuse"),
    path("<int:pk>/take-off/", screens.take_off_item, name="take_off"),
]


@hooks.register("register_admin_urls")
def school_pages_urls() -> list[URLResolver]:
    return [path("school-pages/", include((urlpatterns, "school_pages")))]


@hooks.register("register_admin_menu_item")
def school_pages_menu_item() -> MenuItem:
    label = _("School pages")
    return MenuItem(label, reverse("school_pages:index"), name="school-pages", icon_name="view", order=160)


hooks.register(HOOK, WaitingItems)
hooks.register(PEOPLE_HOOK, refused_of)
hooks.register(REVIEWED_FILES_HOOK, ProfileItem.objects.shows_in_review)


@hooks.register("register_log_actions")
def log_decisions(actions: LogActionRegistry) -> None:
    actions.register_action(APPROVED)(screens.Approved)
    actions.register_action(REFUSED)(screens.Refused)
    actions.register_action(TAKEN_OFF)(screens.TakenOff)


@hooks.register(TOPICS_HOOK)
def message_topics() -> list[Topic]:
    return TOPICS


@hooks.register(MACHINE_CARDS_HOOK)
def machine_cards() -> dict[type, MakeCard]:
    return {School: school_card}
