"""Permission policies for the Wagtail admin, based on our access policy instead of Django's permissions."""

from django.db.models import QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from community.access import access_of, is_moderator
from community.models import SupportOrganisation, User

# No create or delete: members write practices on the site.
MODERATORS_DO = {"view", "change", "publish"}


class PracticePermissionPolicy(BasePermissionPolicy):
    """Moderators open submitted and published practices in their countries. The verbs decide who may review."""

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


class RubricPermissionPolicy(BasePermissionPolicy):
    """Moderators read the rubric and central ones revise it. Versions can't be deleted."""

    def user_has_permission(self, user, action: str) -> bool:
        if action == "change":
            return access_of(user).moderates_all
        return action == "view" and is_moderator(user)

    def users_with_any_permission(self, actions) -> QuerySet[User]:
        central = SupportOrganisation.objects.filter(kind=SupportOrganisation.Kind.CENTRAL)
        return User.objects.filter(is_active=True, moderated_organisations__in=central).distinct()
