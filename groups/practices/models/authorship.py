"""Authorship of a practice: edit permission and completeness."""

from django.utils.functional import cached_property
from django.utils.translation import gettext
from wagtail.models import WorkflowState

from community.access import access_of, suspension_in_words

from .co_authors import CoAuthor
from .sections import NEEDED, TEXTS


class Written:
    """Mixin for a practice written by an author and, optionally, co-authors."""

    NEEDED, TEXTS = NEEDED, TEXTS

    @cached_property
    def named_co_authors(self) -> list["CoAuthor"]:
        """The accepted co-authors; `with_co_authors` prefetches them."""
        return list(self.co_authors.named()) if self.pk else []

    def written_for(self, user) -> int | None:
        """Return the id of the school the person writes this practice for; None if they are not an author."""
        if self.author_id == user.pk:
            return self.school_id
        return next((row.school_id for row in self.named_co_authors if row.person_id == user.pk), None)

    def involved_school_ids(self) -> set[int]:
        """Return the ids of the author's and co-authors' schools."""
        return {self.school_id, *(row.school_id for row in self.named_co_authors)}

    def authors(self) -> list:
        """Return the authors with active accounts, first author first."""
        people = [self.author, *(row.person for row in self.named_co_authors)]
        return [person for person in people if person and person.is_active]

    def author_ids(self) -> set[int]:
        """Return the ids of the author and co-authors, also of those whose accounts are no longer active."""
        return {self.author_id, *(row.person_id for row in self.named_co_authors)} - {None}

    def refusal_to_edit(self, user) -> str:
        """Explain why the person may not edit the text now; empty if they may."""
        school_id = self.written_for(user)
        if school_id is None:
            return gettext("Only the authors can edit this practice.")
        if suspended := access_of(user).suspended:
            return suspension_in_words(suspended)
        if school_id not in access_of(user).contributing_school_ids:
            return gettext("You can read it, but not edit it, because you don’t write for this school at the moment.")
        if self.pk and self.review_status == WorkflowState.STATUS_IN_PROGRESS:
            return gettext("This is being reviewed. Withdraw it first if you want to edit it.")
        return ""

    def missing(self) -> dict[str, str]:
        """Map each field that is incomplete for review to a sentence for the author; empty when complete."""
        sentences = {
            "title": gettext("Give it a title."),
            "summary": gettext("Sum it up in two sentences."),
            "pillars": gettext("Choose at least one pillar."),
            "levels": gettext("Choose at least one education level."),
            "context": gettext("Describe the context."),
            "steps": gettext("Describe the steps."),
            "results": gettext("Describe the results."),
            "evidence_strength": gettext("Choose the type of evidence."),
        }
        found = {name: sentences[name] for name in NEEDED if not getattr(self, name)}
        original = self.adapted_from
        if original and original.requires_same_licence and self.licence != original.licence:
            found["licence"] = gettext("Use the same licence as the original: %(licence)s.") % {
                "licence": original.get_licence_display()
            }
        images = self.images.all()
        if any(not image.alt.strip() for image in images):
            found["images"] = gettext("Describe every picture for readers who can’t see it.")
        elif any(image.consent_ended for image in images):
            found["images"] = gettext("A consent has expired. Renew it or remove the picture.")
        elif any(image.lacks_consent for image in images):
            found["images"] = gettext("Say who holds the consent for pictures that show pupils, and when it expires.")
        return found
