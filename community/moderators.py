"""Who moderates: appointing and dismissing people of a support organisation."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import QuerySet

from .models import School, SupportOrganisation, User

# Lets a person into the Wagtail admin. What they edit there is set on the pages, what they moderate by access.py.
GROUP = "Moderators"


def moderators_group() -> Group:
    """The group that lets into the admin; created when it is first asked for."""
    group, new = Group.objects.get_or_create(name=GROUP)
    if new:
        group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    return group


@transaction.atomic
def appoint(*, organisation: SupportOrganisation, user: User) -> None:
    """Make the person a moderator of the organisation, and let them into the admin; repeating is a no-op."""
    organisation.moderators.add(user)
    user.groups.add(moderators_group())


@transaction.atomic
def dismiss(*, organisation: SupportOrganisation, user: User) -> None:
    """End the person's moderating for the organisation; the admin closes with the last one. Repeating is a no-op."""
    organisation.moderators.remove(user)
    if not user.moderated_organisations.exists():
        user.groups.remove(moderators_group())


def central_moderators() -> QuerySet[User]:
    """Active people of a central organisation."""
    central = SupportOrganisation.objects.filter(kind=SupportOrganisation.Kind.CENTRAL)
    return User.objects.filter(is_active=True, moderated_organisations__in=central).distinct()


def moderators_of(school: School) -> QuerySet[User]:
    """Who decides about a school: its country's moderators, or the central ones where a country has none; never
    somebody of the school itself."""
    others = User.objects.filter(is_active=True).exclude(pk__in=school.memberships.active().values("user"))
    country = SupportOrganisation.objects.filter(
        kind=SupportOrganisation.Kind.NATIONAL, countries__contains=school.country.code
    )
    national = others.filter(moderated_organisations__in=country).distinct()
    if national.exists():
        return national
    return others.filter(pk__in=central_moderators().values("pk"))
