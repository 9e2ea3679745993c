"""What learning adds to other rooms."""

from wagtail import hooks
from wagtail.models import Page

from content.page_context import PAGE_CONTEXTS_HOOK, Context

from .models.pages import LearningIndexPage, ResourcePage
from .page_context import catalogue_context, resource_context


@hooks.register(PAGE_CONTEXTS_HOOK)
def page_contexts() -> dict[type[Page], Context]:
    return {LearningIndexPage: catalogue_context, ResourcePage: resource_context}
