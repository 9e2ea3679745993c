"""Who does what with practices in the Wagtail admin: our access policy, not Django's permission rows."""

from django.db.models import QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from community.access import is_moderator
from community.models import User

# Members write practices on the site; nobody creates or deletes one in the admin.
MODERATORS_DO = {"view", "change", "publish"}


class PracticePermissionPolicy(BasePermissionPolicy):
    """Moderators open what is submitted or published in their countries; ModerationTask says who decides."""

    def user_has_permission(self, user, action: str) -> bool:
        return action in MODERATORS_DO and is_moderator(user)

    def user_has_permission_for_instance(self, user, action: str, instance) -> bool:
        return self.instances_user_has_any_permission_for(user, [action]).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user, actions) -> QuerySet:
        if not self.user_has_any_permission(user, actions):
            return self.model.objects.none()
        return self.model.objects.moderated_by(user)

    def users_with_any_permission(self, actions) -> QuerySet:
        if not MODERATORS_DO.intersection(actions):
            return User.objects.none()
        return User.objects.filter(is_active=True, moderated_organisations__isnull=False).distinct()
