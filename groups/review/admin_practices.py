"""Good practices in the Wagtail admin, where moderators read, compare and decide."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.compare import RichTextFieldComparison
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import RevisionsUnscheduleView, SnippetViewSet

from ..models import Practice
from ..models.querysets import PracticeQuerySet
from .admin_edit import PracticeEditView
from .admin_list import PracticeFilters, PracticeIndexView
from .admin_take_down import TakeDownView

# It would change when a practice is published without a word to its author.
CLOSED = RevisionsUnscheduleView


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
