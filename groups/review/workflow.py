"""The review that every good practice goes through, as rows of Wagtail's workflow engine."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

from ..models import ModerationTask, Practice

NAME = "Good practice review"


@transaction.atomic
def ensure_workflow() -> Workflow:
    """Create the workflow unless the site has one for practices; safe to repeat."""
    practices = ContentType.objects.get_for_model(Practice)
    existing = WorkflowContentType.objects.filter(content_type=practices).select_related("workflow").first()
    if existing:
        return existing.workflow
    workflow = Workflow.objects.create(name=NAME)
    task = ModerationTask.objects.create(name=NAME)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.create(content_type=practices, workflow=workflow)
    return workflow
