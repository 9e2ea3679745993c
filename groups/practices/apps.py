from collections.abc import Callable

from django.apps import AppConfig
from django.apps import apps as installed
from django.apps.registry import Apps
from django.db.models import Model
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.signals import published, unpublished


class PracticesConfig(AppConfig):
    name = "groups.practices"
    verbose_name = _("Good practices")

    def ready(self) -> None:
        # Models are loaded only now, and permission policies must be registered before Wagtail reads its hooks.
        from wagtail.admin import signal_handlers as wagtail_mail
        from wagtail.permissions import register_permission_policy

        from .models import Practice, Rubric
        from .receivers import on_published, on_unpublished
        from .review.permissions import PracticePermissionPolicy, RubricPermissionPolicy

        published.connect(on_published, sender=Practice, dispatch_uid="practices.published")
        unpublished.connect(on_unpublished, sender=Practice, dispatch_uid="practices.published")
        register_permission_policy(Practice, PracticePermissionPolicy(Practice))
        register_permission_policy(Rubric, RubricPermissionPolicy(Rubric))
        post_migrate.connect(make_workflow, sender=self, dispatch_uid="practices.workflow")
        # Practices send their own messages (review/announcements.py). Wagtail connects its notifiers after this runs,
        # so they cannot be disconnected here; they skip practices instead, and pages keep them.
        for notifier in (
            wagtail_mail.workflow_submission_email_notifier,
            wagtail_mail.workflow_approval_email_notifier,
            wagtail_mail.workflow_rejection_email_notifier,
        ):
            notifier.can_handle = except_for(Practice, notifier.can_handle)


def except_for(model: type[Model], can_handle: Callable[..., bool]) -> Callable[..., bool]:
    """Wrap a notifier's `can_handle` to skip this model's workflows."""

    def answer(instance, **kwargs) -> bool:
        return instance.base_content_type.model_class() is not model and can_handle(instance, **kwargs)

    return answer


def make_workflow(apps: Apps = installed, **kwargs: object) -> None:
    """Create the workflow and rubric after migrations, so that they exist in test databases too."""
    # Models are not loaded yet when this module is imported.
    from .review.rubric import ensure_rubric
    from .review.workflow import ensure_workflow

    if "rubric" in apps.all_models["practices"]:
        ensure_rubric()
        ensure_workflow()
