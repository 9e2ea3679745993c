"""The two review stages, as Wagtail workflow tasks.

People act through the verbs in groups/practices/review/; Wagtail's own buttons and URLs are disabled.
"""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Task, TaskState, WorkflowState

from ..errors import RefusedError
from ..review.announcements import announce_sign_off_wanted, announce_submitted
from ..review.rounds import begin_round
from ..review.sign_off_rules import must_be_signed_off
from .practices import Practice


class _ByVerbsAlone(Task):
    class Meta:
        abstract = True

    def get_actions(self, obj: Practice, user) -> list[tuple[str, str, bool]]:
        return []

    def locked_for_user(self, obj: Practice, user) -> bool:
        return True

    def on_action(self, task_state: TaskState, user, action_name: str, **data: object) -> None:
        """Raise RefusedError: every decision must go through the rules in groups/practices/review/."""
        raise RefusedError(_("Decide this on the review page."))


class SignOffTask(_ByVerbsAlone):
    """Sign-off by a school lead; skipped unless `must_be_signed_off`."""

    class Meta:
        verbose_name = gettext_lazy("sign-off by the school lead")
        verbose_name_plural = gettext_lazy("sign-offs by the school lead")

    @classmethod
    def get_description(cls) -> str:
        return _("A school lead signs off on the site, if the school wants this.")

    def start(self, workflow_state: WorkflowState, user=None) -> TaskState:
        task_state = super().start(workflow_state, user=user)
        if must_be_signed_off(workflow_state):
            announce_sign_off_wanted(task_state.revision.as_object(), task_state)
        else:
            task_state.status, task_state.finished_at = TaskState.STATUS_SKIPPED, timezone.now()
            task_state.save()
        return task_state


class ModerationTask(_ByVerbsAlone):
    """Blind review by moderators of the school's country, who publish, return or decline the practice."""

    class Meta:
        verbose_name = gettext_lazy("moderation of good practices")
        verbose_name_plural = gettext_lazy("moderations of good practices")

    @classmethod
    def get_description(cls) -> str:
        return _("Moderators for the school’s country review it, but never their own school’s work.")

    def start(self, workflow_state: WorkflowState, user=None) -> TaskState:
        task_state = super().start(workflow_state, user=user)
        announce_submitted(begin_round(task_state), task_state.revision.as_object())
        return task_state

    def get_task_states_user_can_moderate(self, user, **kwargs) -> QuerySet[TaskState]:
        waiting = [str(pk) for pk in Practice.objects.in_queue_of(user).values_list("pk", flat=True)]
        return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS, workflow_state__object_id__in=waiting)
