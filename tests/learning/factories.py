import factory
from wagtail.models import Page, Site

from learning.models import LearningIndexPage, ResourcePage

from ..events.factories import PageFactory


def home() -> Page:
    return Site.objects.get(is_default_site=True).root_page


def learning_index() -> LearningIndexPage:
    return LearningIndexPage.objects.first() or LearningIndexPageFactory()


class LearningIndexPageFactory(PageFactory):
    class Meta:
        model = LearningIndexPage

    parent = factory.LazyFunction(home)
    title = "Professional development"
    slug = "learning"
    audience = "public"


class ResourcePageFactory(PageFactory):
    class Meta:
        model = ResourcePage

    parent = factory.LazyFunction(learning_index)
    title = factory.Sequence(lambda n: f"Resource {n}")
    slug = factory.Sequence(lambda n: f"resource-{n}")
    minutes = 30
