"""Support organisations and schools in the Wagtail admin, for central moderators."""

from datetime import date
from functools import partial

from django.db.models import Q, QuerySet
from django.utils.encoding import force_str
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList
from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.admin.views.mixins import SpreadsheetExportMixin, list_to_str
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from notifications.topics import TOPICS_HOOK, Topic

from .access import access_of
from .admin_forms import NameForm, OrganisationForm, SchoolAdminForm
from .award_lists import admin_hooks as award_import_hooks  # noqa: F401 registers the award lists
from .formulas import in_cell
from .messages import TOPICS
from .models import School, SupportOrganisation, User
from .sanctions import LIFTED, SUSPENDED, WARNED

# Wagtail exports values unchanged: its CSV lets formulas run, and its workbooks fail on control characters.
for kind, as_text in ((list, list_to_str), (object, partial(force_str, strings_only=True))):
    SpreadsheetExportMixin.custom_value_preprocess[kind] = dict.fromkeys(
        SpreadsheetExportMixin.FORMATS, lambda value, as_text=as_text: in_cell(as_text(value))
    )

# Wagtail has no setting for this form, and its default asks for fields our users do not have.
NameEmailSettingsPanel.form_class = NameForm


class CentralModeratorsPolicy(BasePermissionPolicy):
    """Central moderators may do everything except delete: records are ended by date."""

    def user_has_permission(self, user, action: str) -> bool:
        return action != "delete" and access_of(user).moderates_all

    def users_with_any_permission(self, actions) -> QuerySet:
        central = Q(moderated_organisations__kind=SupportOrganisation.Kind.CENTRAL)
        return User.objects.filter(Q(is_superuser=True) | central, is_active=True).distinct()


for model in (School, SupportOrganisation):
    register_permission_policy(model, CentralModeratorsPolicy(model))


class SchoolViewSet(SnippetViewSet):
    model = School
    icon = "home"
    list_display = ["name", "code", "country", "city"]
    list_filter = ["country"]
    search_fields = ["name", "code", "city"]
    ordering = ["slug"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("code"),
            FieldPanel("country"),
            FieldPanel("city"),
            FieldPanel("website"),
            FieldPanel("about"),
            InlinePanel(
                "labels",
                heading=_("Labels"),
                label=_("label"),
                panels=[
                    FieldPanel("edition"),
                    FieldPanel("starts_on"),
                    FieldPanel("ends_on"),
                    FieldPanel("revoked_on"),
                    FieldPanel("revoked_reason"),
                ],
            ),
        ],
        base_form_class=SchoolAdminForm,
    )


class OrganisationViewSet(SnippetViewSet):
    model = SupportOrganisation
    icon = "group"
    list_display = ["name", "kind"]
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("kind"), FieldPanel("countries"), FieldPanel("moderator_addresses")],
        base_form_class=OrganisationForm,
    )


class CommunityViewSetGroup(SnippetViewSetGroup):
    items = (SchoolViewSet, OrganisationViewSet)
    menu_label = _("Community")
    menu_icon = "group"
    menu_order = 250
    add_to_admin_menu = True


register_snippet(CommunityViewSetGroup)


class Sanctioned(LogFormatter):
    """Log entry of a sanction, with the reason as comment."""

    def format_comment(self, log_entry: object) -> str:
        return log_entry.data["reason"]


class Warned(Sanctioned):
    label = _("Warn a person")
    message = _("Warned by a moderator")


class Suspended(Sanctioned):
    label = _("Suspend contributions")

    def format_message(self, log_entry: object) -> str:
        day = date_format(date.fromisoformat(log_entry.data["until"]))
        return gettext("Contributions suspended until %(day)s") % {"day": day}


@hooks.register("register_log_actions")
def log_sanctions(actions: LogActionRegistry) -> None:
    actions.register_action(WARNED)(Warned)
    actions.register_action(SUSPENDED)(Suspended)
    actions.register_action(LIFTED, _("Lift a suspension"), _("Suspension lifted"))


@hooks.register(TOPICS_HOOK)
def message_topics() -> list[Topic]:
    return TOPICS
