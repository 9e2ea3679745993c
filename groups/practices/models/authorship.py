"""Who writes a practice and what they still owe it."""

from typing import TYPE_CHECKING

from django.utils.functional import cached_property
from django.utils.translation import gettext
from wagtail.models import WorkflowState

from community.access import access_of, suspension_in_words

if TYPE_CHECKING:
    from .co_authors import CoAuthor


class Written:
    """A practice in the hands of its author and of the colleagues who agreed to write along."""

    # What a reviewer needs, see `missing`.
    NEEDED = ["title", "summary", "pillars", "levels", "context", "steps", "results", "evidence_strength"]
    TEXTS = ["context", "steps", "results", "did_not_work", "conditions"]

    @cached_property
    def named_co_authors(self) -> list["CoAuthor"]:
        """Who is named beside the author; `with_co_authors` brings them along."""
        return list(self.co_authors.named()) if self.pk else []

    def written_for(self, user) -> int | None:
        """The school in whose name the person writes this practice; None for who is not one of its authors."""
        if self.author_id == user.pk:
            return self.school_id
        return next((row.school_id for row in self.named_co_authors if row.person_id == user.pk), None)

    def involved_school_ids(self) -> set[int]:
        """The schools that the practice comes from: the author's and the co-authors'."""
        return {self.school_id, *(row.school_id for row in self.named_co_authors)}

    def authors(self) -> list:
        """The accounts of its authors that may sign in, the first author first."""
        people = [self.author, *(row.person for row in self.named_co_authors)]
        return [person for person in people if person and person.is_active]

    def refusal_to_edit(self, user) -> str:
        """Why the person may not change the text now, in words; empty when they may."""
        school_id = self.written_for(user)
        if school_id is None:
            return gettext("Only its authors change a practice.")
        if suspended := access_of(user).suspended:
            return suspension_in_words(suspended)
        if school_id not in access_of(user).contributing_school_ids:
            return gettext("You can read it, but not change it: you do not write for this school at the moment.")
        if self.pk and self.review_status == WorkflowState.STATUS_IN_PROGRESS:
            return gettext("It is being reviewed. Take it back first if you want to change it.")
        return ""

    def missing(self) -> dict[str, str]:
        """What a practice still needs before it can be reviewed: field name → a sentence. Empty when complete."""
        sentences = {
            "title": gettext("Give it a title."),
            "summary": gettext("Sum it up in two sentences."),
            "pillars": gettext("Choose at least one pillar."),
            "levels": gettext("Choose at least one education level."),
            "context": gettext("Describe the context."),
            "steps": gettext("Describe the steps."),
            "results": gettext("Tell what came out of it."),
            "evidence_strength": gettext("Say how the results are known."),
        }
        found = {name: sentence for name, sentence in sentences.items() if not getattr(self, name)}
        original = self.adapted_from
        if original and original.requires_same_licence and self.licence != original.licence:
            found["licence"] = gettext("Give it the licence of the original: %(licence)s.") % {
                "licence": original.get_licence_display()
            }
        images = self.images.all()
        if any(not image.alt.strip() for image in images):
            found["images"] = gettext("Describe every picture for readers who cannot see it.")
        elif any(image.consent_ended for image in images):
            found["images"] = gettext("A consent has ended: renew it or take the picture out.")
        elif any(image.lacks_consent for image in images):
            found["images"] = gettext(
                "Say who holds the consent for pictures that show pupils, and until when it runs."
            )
        return found
