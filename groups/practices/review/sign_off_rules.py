"""Rules for when a practice needs a sign-off and who can give it."""

from django.db.models import QuerySet
from wagtail.models import WorkflowState

from community.models import Role, Sanction, School, User

from ..models.practices import Practice
from ..models.reviews import Appeal
from ..models.sign_offs import SignOffWish


def wants_sign_off(school: School) -> bool:
    """Return True if the school has sign-off turned on."""
    return SignOffWish.objects.filter(school=school, wanted=True).exists()


def who_signs_off(practice: Practice) -> QuerySet[User]:
    """Return the leads who can sign it off. Authors and suspended people can't, so nothing waits for them."""
    led = practice.school.memberships.active().filter(role=Role.LEAD).values("user")
    people = User.objects.filter(pk__in=led, is_active=True).exclude(pk__in=Sanction.objects.running().values("person"))
    return people.exclude(pk__in=[person.pk for person in practice.authors()])


def must_be_signed_off(workflow_state: WorkflowState) -> bool:
    """Return whether a lead must sign off first: the school wants it, a lead other than the authors can, it is no
    appeal, and reviewers haven't had it in this workflow."""
    practice = workflow_state.content_object
    stages = workflow_state.task_states.values_list("task__content_type__model", flat=True)
    appealed = Appeal.objects.filter(declined__practice=practice, round=None).exists()
    if appealed or set(stages) - {"signofftask"}:
        return False
    return wants_sign_off(practice.school) and who_signs_off(practice).exists()
