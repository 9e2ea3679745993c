from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Task, TaskState, WorkflowState

from community.access import Audience

from ..errors import RefusedError
from ..review.announcements import announce_published, announce_returned, announce_submitted
from .practices import Practice


class ApprovalForm(forms.Form):
    make_public = forms.BooleanField(
        label=gettext_lazy("Let visitors read it, too"),
        required=False,
        help_text=gettext_lazy("Only where the school asked for it. Members read it in any case."),
    )
    comment = forms.CharField(
        label=gettext_lazy("A word to the author"), required=False, widget=forms.Textarea({"rows": 3})
    )


class ReturnForm(forms.Form):
    comment = forms.CharField(
        label=gettext_lazy("What should the author change, and why?"),
        help_text=gettext_lazy("The author reads these words."),
        widget=forms.Textarea({"rows": 5}),
    )


class ModerationTask(Task):
    """The review of a good practice by a moderator of the school's country.

    The verbs in review/moderation.py and Wagtail's own buttons come through `on_action`: the rules stand here once.
    """

    class Meta:
        verbose_name = gettext_lazy("moderation of good practices")
        verbose_name_plural = gettext_lazy("moderations of good practices")

    @classmethod
    def get_description(cls) -> str:
        return _("Moderators of the school’s country publish or return it; nobody decides on their own school’s work.")

    def start(self, workflow_state: WorkflowState, user=None) -> TaskState:
        task_state = super().start(workflow_state, user=user)
        announce_submitted(task_state.revision.as_object(), task_state)
        return task_state

    def get_actions(self, obj: Practice, user) -> list[tuple[str, str, bool]]:
        if not obj.may_be_reviewed_by(user):
            return []
        # Wagtail adds “and Publish” to the second one.
        return [("reject", _("Send back with a reason"), True), ("approve", _("Approve"), True)]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return ReturnForm if action == "reject" else ApprovalForm

    def get_task_states_user_can_moderate(self, user, **kwargs) -> QuerySet[TaskState]:
        waiting = [str(pk) for pk in Practice.objects.in_queue_of(user).values_list("pk", flat=True)]
        return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS, workflow_state__object_id__in=waiting)

    def user_can_access_editor(self, obj: Practice, user) -> bool:
        return obj.may_be_reviewed_by(user)

    def locked_for_user(self, obj: Practice, user) -> bool:
        return not obj.may_be_reviewed_by(user)

    @transaction.atomic
    def on_action(self, task_state: TaskState, user, action_name: str, **data: object) -> None:
        """Publish or return a practice and tell its author.

        Raises RefusedError when the person may not decide, somebody already did, or a reason or content is missing.
        """
        # The practice's row is the lock: two moderators in the same second decide one after the other.
        practice = Practice.objects.select_for_update().get(pk=task_state.workflow_state.object_id)
        task_state = TaskState.objects.select_related("workflow_state").get(pk=task_state.pk)
        comment = str(data.get("comment", "")).strip()
        if task_state.status != TaskState.STATUS_IN_PROGRESS:
            raise RefusedError(_("Somebody has already decided on this practice."))
        if not practice.may_be_reviewed_by(user):
            raise RefusedError(_("You do not moderate this school’s practices."))
        if action_name == "approve":
            self._publish(practice, task_state, user, comment, make_public=bool(data.get("make_public")))
        elif comment:
            task_state.reject(user=user, comment=comment)
            announce_returned(task_state.revision.as_object(), task_state)
        else:
            raise RefusedError(_("Tell the author why it comes back."))

    def _publish(self, practice: Practice, task_state: TaskState, user, comment: str, *, make_public: bool) -> None:
        text = practice.get_latest_revision_as_object()
        if text.missing():
            raise RefusedError(" ".join([_("It is not complete:"), *text.missing().values()]))
        agreed = text.public_wished and (make_public or practice.audience == Audience.PUBLIC)
        # Before publishing: what Wagtail publishes keeps the row's audience.
        Practice.objects.filter(pk=practice.pk).update(audience=Audience.PUBLIC if agreed else Audience.MEMBERS)
        task_state.approve(user=user, comment=comment)
        announce_published(text, task_state)
