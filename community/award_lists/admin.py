"""Award list screens for moderators in the Wagtail admin."""

import csv

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..errors import CommunityError
from ..formulas import defused
from ..models import AwardListImport, Outcome
from .cells import REQUIRED
from .importing import imports_of, start_award_list, upload_award_list
from .rows import COLUMNS, read_award_list
from .sheets import MAX_BYTES, MAX_ROWS

PER_PAGE = 50


class AwardListView(WagtailAdminTemplateMixin):
    """Shared header and breadcrumbs of the award list screens."""

    header_icon = "upload"

    def crumbs(self) -> list[tuple[str, str]]:
        """Return (URL, label) pairs for the screens below the list of imports, this one included."""
        return []

    def get_breadcrumbs_items(self) -> list[dict]:
        path = [(reverse("award_lists:index"), _("Award lists")), *self.crumbs()]
        return [*self.breadcrumbs_items, *({"url": url, "label": label} for url, label in path)]


class Imports(AwardListView, TemplateView):
    template_name = "community/award_import/index.html"
    page_title = gettext_lazy("Award lists")

    def get_context_data(self, **kwargs) -> dict:
        paginator = WagtailPaginator(imports_of(self.request.user).select_related("uploaded_by"), PER_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        return super().get_context_data(
            imports=page, elided_page_range=paginator.get_elided_page_range(page.number), **kwargs
        )


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Award list"),
        help_text=gettext_lazy("CSV or Excel workbook (.xlsx). You’ll see a preview before anything changes."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )
    invite_leads = forms.BooleanField(
        label=gettext_lazy("Invite the school leads"),
        help_text=gettext_lazy("When you start the import, we’ll email an invitation to each school without a lead."),
        required=False,
        initial=True,
    )


class Upload(AwardListView, FormView):
    template_name = "community/award_import/upload.html"
    page_title = gettext_lazy("Upload an award list")
    form_class = UploadForm

    def crumbs(self) -> list[tuple[str, str]]:
        return [("", self.page_title)]

    def get_context_data(self, **kwargs) -> dict:
        columns = [
            {"english": names[0], "turkish": names[1], "required": column in REQUIRED}
            for column, names in COLUMNS.items()
        ]
        return super().get_context_data(
            columns=columns, max_rows=MAX_ROWS, max_megabytes=MAX_BYTES // 1024 // 1024, **kwargs
        )

    def form_valid(self, form: UploadForm) -> HttpResponse:
        try:
            award_import = upload_award_list(by=self.request.user, **form.cleaned_data)
        except CommunityError as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        return redirect("award_lists:report", award_import.pk)


class Report(AwardListView, TemplateView):
    """The outcome of an import, row by row: planned, in progress or applied."""

    template_name = "community/award_import/report.html"

    def get_context_data(self, pk: int, **kwargs) -> dict:
        self.award_import = find(self.request, pk)
        counts = self.award_import.counts()
        outcome = self.request.GET.get("outcome")
        rows = self.award_import.rows.all()
        if outcome in Outcome.values:
            rows = rows.filter(outcome=outcome)
        paginator = WagtailPaginator(rows, PER_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        return super().get_context_data(
            award_import=self.award_import,
            bars=bars(counts),
            errors=counts[Outcome.ERROR],
            good=self.award_import.rows_total - counts[Outcome.ERROR],
            outcome=outcome,
            page=page,
            elided_page_range=paginator.get_elided_page_range(page.number),
            startable=self.award_import.is_startable,
            # Importing the same file again is harmless, but rarely intended.
            twin=imports_of(self.request.user)
            .filter(sha256=self.award_import.sha256, status=AwardListImport.Status.DONE)
            .exclude(pk=pk)
            .first(),
            **kwargs,
        )

    def get_page_title(self) -> str:
        return self.award_import.filename

    def crumbs(self) -> list[tuple[str, str]]:
        return [("", self.award_import.filename)]


def find(request: HttpRequest, pk: int) -> AwardListImport:
    """Return the import, or 404 if the moderator may not see it."""
    return get_object_or_404(imports_of(request.user).select_related("uploaded_by"), pk=pk)


def bars(counts: dict[Outcome, int]) -> list[dict]:
    """Return the chart's segments: outcome, count, offset and width in a total of 1,000."""
    total = sum(counts.values()) or 1
    pieces, before = [], 0
    for outcome, count in counts.items():
        begin, end = round(before / total * 1000), round((before + count) / total * 1000)
        pieces.append({"outcome": outcome, "count": count, "x": begin, "width": end - begin})
        before += count
    return pieces


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the import. A second click only reports that it is already running."""
    award_import = find(request, pk)
    try:
        start_award_list(award_import=award_import, by=request.user)
    except CommunityError as error:
        messages.error(request, str(error))
    return redirect("award_lists:report", pk)


def progress(request: HttpRequest, pk: int) -> JsonResponse:
    """Return the import's progress for the page's script."""
    award_import = find(request, pk)
    return JsonResponse(
        {
            "running": award_import.is_running and not award_import.is_startable,
            "done": award_import.rows_done,
            "total": award_import.rows_total,
            "text": progress_text(award_import),
        }
    )


def progress_text(award_import: AwardListImport) -> str:
    return _("%(done)d of %(total)d rows") % {"done": award_import.rows_done, "total": award_import.rows_total}


def error_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the rejected rows for correction: the same columns, then row number and reason."""
    award_import = find(request, pk)
    reasons = dict(award_import.rows.filter(outcome=Outcome.ERROR).values_list("line", "message"))
    with award_import.file.open() as stream:
        rows = [row for row in read_award_list(stream).rows if row.line in reasons]
    turkish = get_language() == "tr"
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="errors-{award_import.pk}.csv"'
    # The BOM marks the file as UTF-8. Where the comma is the decimal separator, spreadsheets expect semicolons.
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";" if turkish else ",")
    titles = [names[turkish] for names in COLUMNS.values()]
    writer.writerow([*titles, pgettext("column of a table", "row"), _("problem")])
    for row in rows:
        cells = [defused(str(row.cells.get(column, ""))) for column in COLUMNS]
        writer.writerow([*cells, row.line, defused(reasons[row.line])])
    return response
