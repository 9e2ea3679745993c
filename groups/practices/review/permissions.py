"""Who does what with practices in the Wagtail admin: our access policy, not Django's permission rows."""

from django.db.models import QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from community.access import access_of, is_moderator
from community.models import SupportOrganisation, User

# Members write practices on the site; nobody creates or deletes one in the admin.
MODERATORS_DO = {"view", "change", "publish"}


class PracticePermissionPolicy(BasePermissionPolicy):
    """Moderators open what is submitted or published in their countries; the verbs of this folder say who reviews."""

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
    """Moderators read the rubric; central ones change it. Nobody deletes a version."""

    def user_has_permission(self, user, action: str) -> bool:
        if action == "change":
            return access_of(user).moderates_all
        return action == "view" and is_moderator(user)

    def users_with_any_permission(self, actions) -> QuerySet[User]:
        central = SupportOrganisation.objects.filter(kind=SupportOrganisation.Kind.CENTRAL)
        return User.objects.filter(is_active=True, moderated_organisations__in=central).distinct()
