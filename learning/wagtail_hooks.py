"""Hooks through which learning extends other rooms."""

from wagtail import hooks
from wagtail.models import Page

from content.machine_cards import MACHINE_CARDS_HOOK, MakeCard
from content.page_context import PAGE_CONTEXTS_HOOK, Context

from .machine_card import resource_card
from .models.pages import LearningIndexPage, ResourcePage
from .page_context import catalogue_context, resource_context


@hooks.register(PAGE_CONTEXTS_HOOK)
def page_contexts() -> dict[type[Page], Context]:
    return {LearningIndexPage: catalogue_context, ResourcePage: resource_context}


@hooks.register(MACHINE_CARDS_HOOK)
def machine_cards() -> dict[type, MakeCard]:
    return {ResourcePage: resource_card}
