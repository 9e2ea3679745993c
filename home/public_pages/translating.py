"""Limits wagtail-localize to the pages of home/models/. Pages that exist once for all languages are excluded."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.views.submit_translations import SubmitPageTranslationView, SubmitTranslationForm


def is_translated(page: Page) -> bool:
    """Return whether pages of this kind have a translation in each language's tree."""
    return not getattr(page.specific_class, "stands_once", True)


class SubmitForm(SubmitTranslationForm):
    """Drops “include subtree” if the tree contains events or learning pages, as below the home page."""

    def __init__(self, instance: Page, *args, **kwargs) -> None:
        super().__init__(instance, *args, **kwargs)
        if not all(is_translated(page) for page in instance.get_descendants()):
            del self.fields["include_subtree"]

    def clean(self) -> dict:
        return {"include_subtree": False, **super().clean()}


class SubmitTranslation(SubmitPageTranslationView):
    @cached_property
    def page(self) -> Page:
        page = super().get_object()
        if not page.permissions_for_user(self.request.user).can_edit():
            raise Http404
        return page

    def get_object(self) -> Page:
        return self.page

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        page = self.page
        if is_translated(page):
            return super().dispatch(request, *args, **kwargs)
        messages.warning(
            request,
            _(
                "Events and learning pages appear once, in the language they’re written in, and all readers can "
                "find them."
            ),
        )
        return redirect("wagtailadmin_pages:edit", page.pk)

    def get_form(self) -> SubmitForm:
        form = super().get_form()
        return SubmitForm(self.object, self.request.POST if form.is_bound else None, initial=form.initial)
