"""The desk in the Wagtail admin (URLs, menu item with the length of the queue, dashboard panel), and reports on it."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.log_actions import LogActionRegistry

from community.access import is_moderator
from notifications.topics import TOPICS_HOOK, Topic

from .desk import views
from .desk.queue import entries, number_waiting, waiting
from .figures import views as figure_views
from .messages import TOPICS
from .people import views as people_views
from .people.history import history_of_hidden
from .reports.settling import KEPT
from .reports.waiting import WaitingReports
from .waiting import HOOK, PEOPLE_HOOK

TOP = 8

urlpatterns = [
    path("", views.index, name="index"),
    path("figures/", figure_views.figures, name="figures"),
    path("people/", people_views.people, name="people"),
    path("people/<int:pk>/", people_views.person, name="person"),
    path("<slug:kind>/<int:pk>/", views.item, name="item"),
    path("<slug:kind>/<int:pk>/take/", views.take_item, name="take"),
    path("<slug:kind>/<int:pk>/leave/", views.leave_item, name="leave"),
]

hooks.register(HOOK, WaitingReports)
hooks.register(PEOPLE_HOOK, history_of_hidden)


@hooks.register("register_log_actions")
def log_of_kept_reports(actions: LogActionRegistry) -> None:
    actions.register_action(KEPT, _("Keep reported content"), _("Reported, and kept by a moderator"))


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLResolver]:
    return [path("desk/", include((urlpatterns, "desk")))]


class DeskMenuItem(MenuItem):
    """Menu item showing the length of the queue; costs one query on each admin page."""

    def is_shown(self, request: HttpRequest) -> bool:
        return is_moderator(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        number = number_waiting(request.user)
        label = f"{self.label} ({number})" if number else str(self.label)
        return LinkMenuItem(
            self.name, label, self.url, icon_name=self.icon_name, classname=self.classname, attrs=self.attrs
        )


@hooks.register("register_admin_menu_item")
def desk_menu_item() -> DeskMenuItem:
    return DeskMenuItem(views.TITLE, reverse_lazy("desk:index"), name="desk", icon_name="list-ul", order=10)


class DeskPanel(Component):
    """The top of the queue, on the admin dashboard."""

    name = "desk"
    template_name = "moderation/panel.html"
    order = 100

    def get_context_data(self, parent_context: dict) -> dict:
        user = parent_context["request"].user
        return {"entries": entries(user, list(waiting(user)[:TOP])), "number": number_waiting(user)}


@hooks.register("construct_homepage_panels")
def show_the_desk(request: HttpRequest, panels: list[Component]) -> None:
    if is_moderator(request.user):
        panels.append(DeskPanel())


@hooks.register(TOPICS_HOOK)
def message_topics() -> list[Topic]:
    return TOPICS
