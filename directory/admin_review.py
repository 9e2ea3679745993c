"""The moderators' queue for school pages, in the Wagtail admin."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import LogFormatter

from content.filters import text_of

from .errors import DirectoryError
from .models import Kind, ProfileItem, Status
from .models.items import ProfileItemQuerySet
from .review import approve, refuse, take_off

PER_PAGE = 20
# Statuses a moderator can list here: waiting items and published ones.
STATES = {Status.WAITING.value: gettext_lazy("Waiting"), Status.SHOWN.value: gettext_lazy("On school pages")}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The school leads will see this message."),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )


def items_in(state: str, user) -> ProfileItemQuerySet:
    """Return the items with this status that the moderator may decide, oldest first."""
    return ProfileItem.objects.filter(status=state).in_countries_of(user).order_by("offered_at", "pk")


class Queue(WagtailAdminTemplateMixin, TemplateView):
    """The review queue; a waiting logo appears beside the one it would replace."""

    template_name = "directory/admin/queue.html"
    page_title = gettext_lazy("School pages")
    header_icon = "view"

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs) -> dict:
        asked = self.request.GET.get("state")
        state = asked if asked in STATES else Status.WAITING.value
        user = self.request.user
        items = items_in(state, user).select_related("school", "offered_by").with_pictures()
        paginator = WagtailPaginator(items, PER_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        before = _logos_before([item for item in page if item.kind == Kind.LOGO and item.is_waiting])
        return super().get_context_data(
            state=state,
            states=[(key, label, items_in(key, user).count()) for key, label in STATES.items()],
            rows=[(item, before.get(item.pk), ReasonForm(auto_id=f"reason-{item.pk}-%s")) for item in page],
            page=page,
            elided_page_range=paginator.get_elided_page_range(page.number),
            **kwargs,
        )


def _logos_before(waiting: list[ProfileItem]) -> dict[int, ProfileItem]:
    """Return the current logo that each waiting logo would replace, keyed by the waiting item's pk."""
    shown = ProfileItem.objects.shown().filter(kind=Kind.LOGO, school__in=[item.school_id for item in waiting])
    present = {item.school_id: item for item in shown.with_pictures()}
    return {item.pk: present[item.school_id] for item in waiting if item.school_id in present}


@require_POST
def approve_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the item on the school's page."""
    item = _item(request, pk)
    return _after(request, lambda: approve(item=item, by=request.user), _("It’s now on the school’s page."))


@require_POST
def refuse_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse the item, with a reason for the school."""
    item, reason = _item(request, pk), text_of(request.POST.get("reason"))[:500]
    told = _("Declined. The school leads have been told why.")
    return _after(request, lambda: refuse(item=item, by=request.user, reason=reason), told)


@require_POST
def take_off_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a published item off the page, with a reason for the school."""
    item, reason = _item(request, pk), text_of(request.POST.get("reason"))[:500]
    told = _("Removed from the page. The school leads have been told why.")
    back = f"{reverse('school_pages:index')}?state={Status.SHOWN.value}"
    return _after(request, lambda: take_off(item=item, by=request.user, reason=reason), told, back)


def _item(request: HttpRequest, pk: int) -> ProfileItem:
    return get_object_or_404(ProfileItem.objects.in_countries_of(request.user), pk=pk)


def _after(request: HttpRequest, act: Callable[[], object], told: str, back: str = "") -> HttpResponse:
    try:
        act()
    except DirectoryError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, told)
    return redirect(back or reverse("school_pages:index"))


class Decided(LogFormatter):
    """Log entry of a decision about a school's page, for the school's history."""

    def format_message(self, log_entry: object) -> str:
        return f"{self.message}: {Kind(log_entry.data['kind']).label}"

    def format_comment(self, log_entry: object) -> str:
        return log_entry.data["reason"]


class Approved(Decided):
    label = gettext_lazy("Approved for the school’s page")
    message = gettext_lazy("Approved for the school’s page")


class Refused(Decided):
    label = gettext_lazy("Decline for the school’s page")
    message = gettext_lazy("Declined for the school’s page")


class TakenOff(Decided):
    label = gettext_lazy("Remove from the school’s page")
    message = gettext_lazy("Removed from the school’s page")
