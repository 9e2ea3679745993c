from django.db import models
from django.utils.translation import gettext_lazy as _

from community.models import School
from content.fields import ChoiceListField
from content.taxonomy import Language, Pillar


class Profile(models.Model):
    """A school's language and pillars; a school that hasn't edited its page has none."""

    school = models.OneToOneField(School, models.CASCADE, related_name="profile", verbose_name=_("school"))
    language = models.CharField(_("language of the text"), max_length=5, choices=Language, default=Language.EN)
    pillars = ChoiceListField(_("pillars"), vocabulary=Pillar, blank=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("school profile")
        verbose_name_plural = _("school profiles")

    def __str__(self) -> str:
        return str(self.school_id)


def profile_of(school: School) -> Profile:
    """Return the school's profile, or an unsaved blank one."""
    return Profile.objects.filter(school=school).first() or Profile(school=school)
