"""Good practices in the Wagtail admin, for moderators."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import HistoryView, SnippetViewSet

from content.filters import number_of

from ..models import Practice
from ..models.querysets import PracticeQuerySet
from .admin_edit import PracticeReviewView, PracticeTextView
from .admin_list import PracticeFilters, PracticeIndexView
from .admin_take_down import TakeDownView

# Allowlist of views. The rest of Wagtail's would edit members' texts, reveal unsubmitted versions or bypass the rules
# of the review.
OF_MANY = (PracticeIndexView,)
OF_ONE = (PracticeReviewView, PracticeTextView, TakeDownView, HistoryView)


class NoChooser(SnippetChooserViewSet):
    """Disables the chooser, which nothing needs and which would list everyone's drafts."""

    def get_urlpatterns(self) -> list[URLPattern]:
        return []


class PracticeViewSet(SnippetViewSet):
    model = Practice
    icon = "pick"
    menu_label = _("Good practices")
    menu_order = 150
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = PracticeIndexView
    edit_view_class = PracticeReviewView
    edit_template_name = "practices/admin/review.html"
    unpublish_view_class = TakeDownView
    chooser_viewset_class = NoChooser
    filterset_class = PracticeFilters
    search_fields = ["title", "summary", "school__name"]
    search_backend_name = None
    list_per_page = 30
    ordering = ["-latest_revision", "-pk"]

    # Practices are read-only here, but Wagtail requires a form.
    edit_handler = ObjectList([])

    def get_queryset(self, request: HttpRequest) -> PracticeQuerySet:
        return (
            Practice.objects.moderated_by(request.user)
            .with_review()
            .select_related("school", "author", "latest_revision")
            .defer(*Practice.TEXTS, "search_text")
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        text = path("text/<str:pk>/", self.construct_view(PracticeTextView), name="text")
        return [*super().get_urlpatterns(), text]

    def construct_view(self, view_class: type, **kwargs: object) -> Callable[..., HttpResponse]:
        """Build a view that answers 404 unless it is on the allowlist and the moderator may open the practice."""
        view = super().construct_view(view_class, **kwargs)

        @wraps(view)
        def guarded(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
            of_many, of_one = issubclass(view_class, OF_MANY), issubclass(view_class, OF_ONE)
            pk = kwargs.get("pk", args[0] if args else None)
            if not of_many and not (of_one and _may_open(request, str(pk), view_class)):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded


def _may_open(request: HttpRequest, pk: str, view_class: type) -> bool:
    practices = Practice.objects.moderated_by(request.user).with_review()
    practice = practices.filter(pk=number_of(pk)).first()
    if practice is None:
        return False
    # The history would reveal unsubmitted changes.
    submitted = practice.status == "in_review" or not practice.has_unpublished_changes
    return submitted or not issubclass(view_class, HistoryView)
