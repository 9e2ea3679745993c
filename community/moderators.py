"""Appoint and dismiss the moderators of a support organisation."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import QuerySet

from .models import School, SupportOrganisation, User

# Grants access to the Wagtail admin. Page permissions and community/access/ decide what its members may do there.
GROUP = "Moderators"


def moderators_group() -> Group:
    """Return the group with admin access, creating it on first use."""
    group, new = Group.objects.get_or_create(name=GROUP)
    if new:
        group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    return group


@transaction.atomic
def appoint(*, organisation: SupportOrganisation, user: User) -> None:
    """Make the person a moderator of the organisation, with admin access. Idempotent."""
    organisation.moderators.add(user)
    user.groups.add(moderators_group())


@transaction.atomic
def dismiss(*, organisation: SupportOrganisation, user: User) -> None:
    """Dismiss the person as a moderator of the organisation; admin access ends with the last one. Idempotent."""
    organisation.moderators.remove(user)
    if not user.moderated_organisations.exists():
        user.groups.remove(moderators_group())


def central_moderators() -> QuerySet[User]:
    """Return the active moderators of central organisations."""
    central = SupportOrganisation.objects.filter(kind=SupportOrganisation.Kind.CENTRAL)
    return User.objects.filter(is_active=True, moderated_organisations__in=central).distinct()


def moderators_of(school: School) -> QuerySet[User]:
    """Return the moderators responsible for the school, never any of its own members.

    These are the national ones, or the central ones if the country has none.
    """
    others = User.objects.filter(is_active=True).exclude(pk__in=school.memberships.active().values("user"))
    country = SupportOrganisation.objects.filter(
        kind=SupportOrganisation.Kind.NATIONAL, countries__contains=school.country.code
    )
    national = others.filter(moderated_organisations__in=country).distinct()
    if national.exists():
        return national
    return others.filter(pk__in=central_moderators().values("pk"))
