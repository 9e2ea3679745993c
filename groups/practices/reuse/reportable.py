"""Adoption reports, as members can report them and moderators can hide them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from moderation.reportable import AuthorMessage, Reportable

from ..models import Adoption
from .adopting import count_adoptions, lock_practice_of

HIDDEN = "groups.hide_adoption"
RESTORED = "groups.restore_adoption"


class ReportableAdoption(Reportable):
    key = "try"
    label = _("trial report")
    model = Adoption
    hide_action = HIDDEN
    restore_action = RESTORED

    def address(self, thing: Adoption) -> str:
        return reverse("adoption_list", args=[thing.practice_id]) + f"#try-{thing.pk}"

    def words(self, thing: Adoption) -> str:
        return thing.outcome

    def message_to_author(self, thing: Adoption) -> AuthorMessage:
        context = {"practice": thing.practice, "reason": thing.hidden_reason}
        url = thing.practice.get_absolute_url
        return AuthorMessage("practices/adoption_hidden", url, context, about=thing.practice)

    def lock(self, thing: Adoption) -> Adoption:
        lock_practice_of(thing)
        return super().lock(thing)

    def recount(self, thing: Adoption) -> None:
        count_adoptions(thing.practice)
