"""The desk in the Wagtail admin: its URLs, a menu item with the queue's length, and a dashboard panel."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem

from community.access import is_moderator
from notifications.topics import TOPICS_HOOK, Topic

from .desk import views
from .desk.queue import entries, number_waiting, waiting
from .figures import views as figure_views
from .messages import TOPICS
from .people import views as people_views

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
