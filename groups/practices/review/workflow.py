"""The review workflow of good practices, as rows of Wagtail's workflow engine."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import TaskState, Workflow, WorkflowContentType, WorkflowTask

from ..models import ModerationTask, Practice, ReviewRound, SignOffTask
from .rounds import begin_round

NAME = "Good practice review"
SIGN_OFF_NAME = "Sign-off by the school lead"


@transaction.atomic
def ensure_workflow() -> Workflow:
    """Create the workflow, or add the stages an existing one lacks. Idempotent.

    Running reviews that have no round yet get one.
    """
    practices = ContentType.objects.get_for_model(Practice)
    existing = WorkflowContentType.objects.filter(content_type=practices).select_related("workflow").first()
    workflow = existing.workflow if existing else Workflow.objects.create(name=NAME)
    if not existing:
        WorkflowContentType.objects.create(content_type=practices, workflow=workflow)
    for order, (model, name) in enumerate([(SignOffTask, SIGN_OFF_NAME), (ModerationTask, NAME)]):
        task = model.objects.first() or model.objects.create(name=name)
        WorkflowTask.objects.update_or_create(workflow=workflow, task=task, defaults={"sort_order": order})
    running = TaskState.objects.filter(task__in=ModerationTask.objects.all(), status=TaskState.STATUS_IN_PROGRESS)
    for state in running.exclude(pk__in=ReviewRound.objects.values("task_state")):
        begin_round(state)
    return workflow
