"""What authors and moderators are told about a practice, each in their own language."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation

from community.models import School, SupportOrganisation, User
from notifications.delivery import notify


def moderators_for(school: School) -> QuerySet[User]:
    """Who reviews a school's practices: its country's moderators, or the central ones where a country has none;
    never somebody of the school itself."""
    others = User.objects.filter(is_active=True).exclude(pk__in=school.memberships.active().values("user"))
    country = SupportOrganisation.objects.filter(
        kind=SupportOrganisation.Kind.NATIONAL, countries__contains=school.country.code
    )
    national = others.filter(moderated_organisations__in=country).distinct()
    if national.exists():
        return national
    central = Q(moderated_organisations__kind=SupportOrganisation.Kind.CENTRAL)
    return others.filter(central).distinct()


def _tell(people: Iterable[User], message: str, practice, path, key: str, **context: str) -> None:
    for person in people:
        with translation.override(person.language):
            url = path()
        notify(
            recipients=[person],
            message=f"groups/{message}",
            context={"practice": practice, "school": practice.school, **context},
            url=url,
            key=f"{message}:{key}",
        )


def announce_submitted(practice, task_state) -> None:
    """Tell the moderators that something waits."""

    def review() -> str:
        return reverse("wagtailsnippets_groups_practice:edit", args=[practice.pk])

    _tell(moderators_for(practice.school), "practice_submitted", practice, review, str(task_state.pk))


def announce_published(practice, task_state) -> None:
    """Tell the author that readers see it, with the moderator's words if there are any."""
    _tell(
        _author_of(practice),
        "practice_published",
        practice,
        practice.get_absolute_url,
        str(task_state.pk),
        comment=task_state.comment,
    )


def announce_returned(practice, task_state) -> None:
    """Tell the author why it came back."""

    def edit() -> str:
        return reverse("practice_edit", args=[practice.pk])

    _tell(_author_of(practice), "practice_returned", practice, edit, str(task_state.pk), reason=task_state.comment)


def announce_taken_down(practice, reason: str, key: str) -> None:
    """Tell the author that readers do not see it any more, and why."""

    def edit() -> str:
        return reverse("practice_edit", args=[practice.pk])

    _tell(_author_of(practice), "practice_taken_down", practice, edit, key, reason=reason)


def _author_of(practice) -> list[User]:
    return [practice.author] if practice.author and practice.author.is_active else []
