"""Register the award list screens with the Wagtail admin; imported by wagtail_hooks.py."""

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import admin as screens

urlpatterns = [
    path("", screens.Imports.as_view(), name="index"),
    path("upload/", screens.Upload.as_view(), name="upload"),
    path("<int:pk>/", screens.Report.as_view(), name="report"),
    path("<int:pk>/start/", screens.start, name="start"),
    path("<int:pk>/progress/", screens.progress, name="progress"),
    path("<int:pk>/errors.csv", screens.error_rows, name="error_rows"),
]


@hooks.register("register_admin_urls")
def award_list_urls() -> list[URLResolver]:
    return [path("award-lists/", include((urlpatterns, "award_lists")))]


@hooks.register("register_admin_menu_item")
def award_list_menu_item() -> MenuItem:
    return MenuItem(_("Award lists"), reverse("award_lists:index"), name="award-lists", icon_name="upload", order=310)
