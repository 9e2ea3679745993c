"""When a lead has to sign a practice off, and who can."""

from django.db.models import QuerySet
from wagtail.models import WorkflowState

from community.models import Role, Sanction, School, User

from ..models.practices import Practice
from ..models.reviews import Appeal
from ..models.sign_offs import SignOffWish


def wants_sign_off(school: School) -> bool:
    """Whether the school has a lead sign off before the reviewers read."""
    return SignOffWish.objects.filter(school=school, wanted=True).exists()


def who_signs_off(practice: Practice) -> QuerySet[User]:
    """The leads of its school, without its authors and who is suspended: nothing would wait for nobody."""
    led = practice.school.memberships.active().filter(role=Role.LEAD).values("user")
    people = User.objects.filter(pk__in=led, is_active=True).exclude(pk__in=Sanction.objects.running().values("person"))
    return people.exclude(pk__in=[person.pk for person in practice.authors()])


def must_be_signed_off(workflow_state: WorkflowState) -> bool:
    """Whether a lead comes first: the school wishes it, somebody else than the author leads it, and reviewers have not
    had it in this workflow, as in an appeal or where the review began before there was a sign-off."""
    practice = workflow_state.content_object
    stages = workflow_state.task_states.values_list("task__content_type__model", flat=True)
    appealed = Appeal.objects.filter(declined__practice=practice, round=None).exists()
    if appealed or set(stages) - {"signofftask"}:
        return False
    return wants_sign_off(practice.school) and who_signs_off(practice).exists()
