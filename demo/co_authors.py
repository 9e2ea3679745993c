"""A practice by two schools, and an open invitation for the teacher persona."""

from groups.practices.models import Practice
from groups.practices.writing.co_authoring import accept, invite
from groups.practices.writing.forms import schools_of
from groups.practices.writing.invitable import contributing

from .personas import PERSONAS


def seed_co_authors() -> None:
    """Invite and accept co-authors through the ordinary verbs."""
    teacher = contributing().get(email=next(persona.email for persona in PERSONAS if persona.key == "teacher"))
    own = set(schools_of(teacher).values_list("pk", flat=True))
    written = [
        practice
        for practice in Practice.objects.filter(author__isnull=False).select_related("author", "school").order_by("pk")
        if practice.author != teacher and schools_of(practice.author).filter(pk=practice.school_id).exists()
    ]
    together = next(practice for practice in written if practice.live and practice.school_id not in own)
    partner = next(
        practice.author
        for practice in written
        if practice.school.country != together.school.country and practice.author != together.author
    )
    invitation = invite(practice=together, by=together.author, email=partner.email)
    accept(invitation=invitation, by=partner, school=schools_of(partner).first())
    draft = next(practice for practice in written if not practice.live and practice.author not in (partner, teacher))
    invite(practice=draft, by=draft.author, email=teacher.email)
