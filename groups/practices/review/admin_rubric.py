"""The rubric in the Wagtail admin: read by all moderators, revised by central ones."""

from django.db.models import QuerySet
from django.forms import BaseModelForm
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from ..models import Rubric
from .rubric import NOT_OFFICIAL, current_rubric, revise


class RubricIndexView(IndexView):
    columns = [
        TitleColumn("number", label=_("Version"), accessor=str, url_name="practices_rubric:edit"),
        DateColumn("created_at", label=_("In use since")),
        Column("created_by", label=_("Added by")),
        Column("criteria", label=_("Criteria"), accessor=lambda rubric: rubric.criteria.count()),
    ]


class RubricEditView(EditView):
    success_message = _(
        "This version is now in use. Reviews already under way will keep the version they started with."
    )

    def get_object(self, queryset: QuerySet | None = None) -> Rubric:
        rubric = super().get_object(queryset)
        # Earlier versions are read-only.
        if rubric != current_rubric():
            raise Http404
        return rubric

    def save_instance(self) -> Rubric:
        criteria = self.form.save(commit=False).criteria.all()
        return revise(criteria=sorted(criteria, key=lambda row: row.sort_order or 0), by=self.request.user)

    def form_invalid(self, form: BaseModelForm) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


class RubricViewSet(ModelViewSet):
    model = Rubric
    name = "practices_rubric"
    icon = "list-ul"
    menu_label = _("Rubric")
    menu_order = 160
    add_to_settings_menu = True
    index_view_class = RubricIndexView
    edit_view_class = RubricEditView
    copy_view_enabled = False
    inspect_view_enabled = False
    edit_handler = ObjectList(
        [
            HelpPanel(content=NOT_OFFICIAL),
            InlinePanel(
                "criteria",
                panels=[FieldPanel(name) for name in ("title_en", "title_tr", "guidance_en", "guidance_tr", "weight")],
                heading=_("Criteria"),
                min_num=1,
                max_num=12,
            ),
        ]
    )
