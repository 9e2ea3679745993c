"""Good practices in the Wagtail admin, where moderators read, compare and decide."""

from collections.abc import Callable
from functools import wraps

import django_filters
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import importmap
from wagtail import hooks
from wagtail.admin.compare import RichTextFieldComparison
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.admin.widgets.button import HeaderButton
from wagtail.locks import BaseLock
from wagtail.log_actions import LogActionRegistry
from wagtail.models import TaskState
from wagtail.snippets.action_menu import ActionMenuItem, LockedMenuItem, SaveMenuItem, WorkflowMenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import (
    EditView,
    IndexView,
    RevisionsUnscheduleView,
    SnippetViewSet,
)

from community.access import is_moderator

from .admin_take_down import TakeDownView, TakenDown
from .browsing import countries_of_schools
from .models import Practice
from .models.querysets import PracticeQuerySet
from .moderation import TAKEN_DOWN

WAITING_SHOWN = 15
# It would change when a practice is published without a word to its author.
CLOSED = RevisionsUnscheduleView


class NotInReview(BaseLock):
    """Outside a review the text belongs to its author: moderators read it."""

    def for_user(self, user) -> bool:
        return True

    def get_message(self, user) -> str:
        return gettext("This is not in review: you can read it. Changes come from its author and are reviewed again.")

    def get_description(self, user) -> str:
        return gettext("Moderators change a good practice only while they review it.")


class PracticeFilters(WagtailFilterSet):
    country = django_filters.ChoiceFilter(
        label=_("Country"), field_name="school__country", choices=countries_of_schools
    )
    waiting = django_filters.BooleanFilter(label=_("Waits for review"), method="only_waiting")

    class Meta:
        model = Practice
        fields = ["country", "live", "language"]

    def only_waiting(self, queryset: PracticeQuerySet, name: str, value: bool) -> PracticeQuerySet:
        waiting = Practice.objects.in_review()
        return queryset.filter(pk__in=waiting) if value else queryset.exclude(pk__in=waiting)


class PracticeIndexView(IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("Title"), get_url=self.get_edit_url, sort_key="title"),
            Column("country", label=_("Country"), accessor=lambda practice: practice.school.country.name),
            Column("school", label=_("School"), sort_key="school__name"),
            Column("author", label=_("Author")),
            Column("status", label=_("Status"), accessor="status_label"),
            DateColumn("updated", label=_("Changed"), accessor="latest_revision.created_at"),
        ]


class PracticeEditView(EditView):
    def get_object(self, queryset: PracticeQuerySet | None = None) -> Practice:
        latest = super().get_object(queryset)
        # What the author has not submitted is nobody else's to read.
        return latest if self.live_object.workflow_in_progress else self.live_object

    def get_page_subtitle(self) -> str:
        return self.object.title

    def get_lock(self) -> BaseLock:
        return super().get_lock() or NotInReview(self.object)

    def get_available_actions(self) -> list[str]:
        # Publishing, submitting and cancelling go through the review and its rules, never around them.
        return [action for action in super().get_available_actions() if action in ("edit", "workflow-action")]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        practice = self.live_object
        buttons = super().header_buttons
        if address := comparison_of(practice):
            label = gettext("What has changed")
            buttons = [*buttons, HeaderButton(label=label, url=address, icon_name="history", priority=5)]
        if practice.live:
            address = reverse("wagtailsnippets_groups_practice:unpublish", args=[practice.pk])
            label = gettext("Take off the site")
            buttons = [*buttons, HeaderButton(label=label, url=address, icon_name="download", priority=90)]
        return buttons


def comparison_of(practice: Practice) -> str:
    """Where what waits is compared with what readers see, or with what was sent back; empty for a first version."""
    if not practice.workflow_in_progress:
        return ""
    before = practice.live_revision_id
    if before is None:
        returned = TaskState.objects.for_instance(practice).filter(status=TaskState.STATUS_REJECTED)
        before = returned.order_by("-finished_at").values_list("revision_id", flat=True).first()
    if before is None:
        return ""
    return reverse(
        "wagtailsnippets_groups_practice:revisions_compare", args=[practice.pk, before, practice.latest_revision_id]
    )


class NoChooser(SnippetChooserViewSet):
    """Nothing in the admin picks a practice, and a chooser would list everybody's drafts."""

    def get_urlpatterns(self) -> list[URLPattern]:
        return []


class ProsePanel(FieldPanel):
    """A text of members: versions are compared by their words, not by their tags."""

    def get_comparison_class(self) -> type[RichTextFieldComparison]:
        return RichTextFieldComparison


class PracticeViewSet(SnippetViewSet):
    model = Practice
    icon = "pick"
    menu_label = _("Good practices")
    menu_order = 150
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = PracticeIndexView
    edit_view_class = PracticeEditView
    unpublish_view_class = TakeDownView
    chooser_viewset_class = NoChooser
    filterset_class = PracticeFilters
    search_fields = ["title", "summary", "school__name"]
    search_backend_name = None
    list_per_page = 30
    ordering = ["-latest_revision", "-pk"]

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("title"),
                    FieldPanel("summary"),
                    MultiFieldPanel(
                        [
                            FieldPanel("school", read_only=True),
                            FieldPanel("author", read_only=True),
                            FieldPanel("public_wished", read_only=True),
                        ],
                        heading=_("From"),
                    ),
                    ProsePanel("context"),
                    ProsePanel("steps"),
                    ProsePanel("results"),
                    FieldPanel("evidence_strength"),
                    ProsePanel("did_not_work"),
                    ProsePanel("conditions"),
                ],
                heading=_("Text"),
            ),
            ObjectList(
                [
                    FieldPanel("language"),
                    FieldPanel("pillars"),
                    FieldPanel("levels"),
                    FieldPanel("age_min"),
                    FieldPanel("age_max"),
                    FieldPanel("subjects"),
                    FieldPanel("competences"),
                    FieldPanel("duration"),
                    FieldPanel("tools"),
                    FieldPanel("activity_languages"),
                    FieldPanel("countries"),
                    FieldPanel("licence"),
                ],
                heading=_("Facts"),
            ),
            ObjectList(
                [
                    MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_alt")], heading=_("Cover")),
                    InlinePanel(
                        "images",
                        panels=[
                            FieldPanel("image"),
                            FieldPanel("alt"),
                            FieldPanel("shows_pupils"),
                            FieldPanel("consent_holder"),
                            FieldPanel("consent_until"),
                        ],
                        heading=_("Pictures"),
                    ),
                    InlinePanel(
                        "attachments", panels=[FieldPanel("document"), FieldPanel("title")], heading=_("Attachments")
                    ),
                ],
                heading=_("Pictures and documents"),
            ),
        ]
    )

    def get_queryset(self, request: HttpRequest) -> PracticeQuerySet:
        return (
            Practice.objects.moderated_by(request.user)
            .with_review()
            .select_related("school", "author", "latest_revision")
            .defer(*Practice.TEXTS, "search_text")
        )

    def construct_view(self, view_class: type, **kwargs: object) -> Callable[..., HttpResponse]:
        """Every view of one practice, whatever Wagtail adds: 404 for others' drafts and other countries."""
        view = super().construct_view(view_class, **kwargs)

        @wraps(view)
        def guarded(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
            pk = kwargs.get("pk", args[0] if args else None)
            if issubclass(view_class, CLOSED) or (pk is not None and not _may_open(request, str(pk), view_class)):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded


def _may_open(request: HttpRequest, pk: str, view_class: type) -> bool:
    practice = Practice.objects.moderated_by(request.user).filter(pk=pk).first() if pk.isdecimal() else None
    if practice is None:
        return False
    # History, comparison and previews would tell what the author has changed and not submitted; these two do not.
    unsubmitted = practice.has_unpublished_changes and not practice.workflow_in_progress
    return view_class in (PracticeEditView, TakeDownView) or not unsubmitted


register_snippet(PracticeViewSet)


def waiting_for(user) -> list[Practice]:
    """The practices that wait for this moderator, longest first, with the moment they were submitted."""
    return list(
        Practice.objects.in_queue_of(user)
        .with_submission()
        .select_related("school")
        .order_by("submitted_at", "pk")[:WAITING_SHOWN]
    )


class WaitingPanel(Component):
    """What waits for the moderator, on the admin's first page."""

    name = "practices_waiting"
    template_name = "groups/admin/waiting.html"
    order = 100

    def get_context_data(self, parent_context: dict) -> dict:
        user = parent_context["request"].user
        return {"practices": waiting_for(user), "number": Practice.objects.in_queue_of(user).count()}


class WaitingSummary(SummaryItem):
    """How many wait, beside the admin's other figures."""

    order = 50
    template_name = "groups/admin/waiting_summary.html"

    def get_context_data(self, parent_context: dict) -> dict:
        return {"number": Practice.objects.in_queue_of(self.request.user).count()}

    def is_shown(self) -> bool:
        return is_moderator(self.request.user)


@hooks.register("register_log_actions")
def log_taking_down(actions: LogActionRegistry) -> None:
    actions.register_action(TAKEN_DOWN)(TakenDown)


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Component]) -> None:
    # Wagtail's own panel lists the same reviews without country and age.
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    if is_moderator(request.user):
        panels.append(WaitingPanel())


@hooks.register("construct_homepage_summary_items")
def count_what_waits(request: HttpRequest, items: list[SummaryItem]) -> None:
    items.append(WaitingSummary(request))


@hooks.register("construct_snippet_action_menu")
def only_what_a_review_offers(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict) -> None:
    """Deciding comes first, then saving; nothing else leads to or around the review."""
    if context["model"] is not Practice:
        return
    kept = [item for item in menu_items if isinstance(item, SaveMenuItem | WorkflowMenuItem | LockedMenuItem)]
    menu_items[:] = sorted(kept, key=lambda item: getattr(item, "name", "") != "approve")


@hooks.register("insert_global_admin_js")
def editor_import_map() -> SafeString:
    """The text editor's modules find each other through it; Wagtail's templates leave it out of a form's media."""
    return importmap.render()
