"""Items of school pages with states as traits: ProfileItemFactory(shown=True)."""

import factory
from factory.django import DjangoModelFactory

from directory.models import Kind, ProfileItem, Status
from directory.sizes import SIZES

from ..factories import SchoolFactory
from ..groups.factories import SiteImageFactory


class ProfileItemFactory(DjangoModelFactory):
    class Meta:
        model = ProfileItem
        skip_postgeneration_save = True

    school = factory.SubFactory(SchoolFactory, labelled=True)
    kind = Kind.PICTURE
    image = factory.SubFactory(SiteImageFactory)
    alt = "The school yard."

    class Params:
        logo = factory.Trait(kind=Kind.LOGO, alt="A lamp.")
        website = factory.Trait(kind=Kind.WEBSITE, image=None, alt="", url="https://isik.example/")
        shown = factory.Trait(status=Status.SHOWN)
        refused = factory.Trait(status=Status.REFUSED, reason="Pupils can be recognised.")

    @factory.post_generation
    def renditions(self, create, extracted):
        # The verb leaves this to a task.
        if self.image:
            self.image.get_renditions(*SIZES)
