"""Take a practice down in the Wagtail admin: Wagtail's unpublish view, with a reason for the author."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter
from wagtail.snippets.views.snippets import UnpublishView

from ..models import Practice
from .taking_down import take_down


class TakeDownForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why are you removing it from the site?"),
        help_text=gettext_lazy("The author will see this message."),
        widget=forms.Textarea({"rows": 5}),
    )


class TakeDownView(UnpublishView):
    """Asks for a reason, then takes the practice down."""

    page_title = gettext_lazy("Remove from the site")
    template_name = "practices/admin/take_down.html"

    def get_object(self, queryset: object = None) -> Practice:
        practice = super().get_object(queryset)
        if not practice.live:
            raise Http404
        return practice

    def get_context_data(self, **kwargs: object) -> dict:
        return super().get_context_data(**{"form": TakeDownForm(), **kwargs})

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        form = TakeDownForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        take_down(practice=self.object, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Removed from the site. We’ve told the author why."))
        return redirect(self.get_next_url())


class TakenDown(LogFormatter):
    """Log formatter for the history of a practice."""

    label = gettext_lazy("Remove from the site")
    message = gettext_lazy("Removed from the site")

    def format_comment(self, log_entry: object) -> str:
        return log_entry.data["reason"]
