"""The objects of reports: comments, topics and adoption reports, with their text and URL."""

from collections.abc import Iterable

from django.urls import reverse

from groups.discussions.models import Comment, Topic
from groups.practices.models import Adoption

from .models import Report

Thing = Comment | Topic | Adoption
MODELS = {Report.Kind.COMMENT: Comment, Report.Kind.TOPIC: Topic, Report.Kind.TRY: Adoption}


def address_of(thing: Thing) -> str:
    """Return the URL of a reportable object."""
    if isinstance(thing, Adoption):
        return reverse("adoption_list", args=[thing.practice_id]) + f"#try-{thing.pk}"
    if isinstance(thing, Comment):
        return f"{thing.get_absolute_url()}#comment-{thing.pk}"
    return thing.get_absolute_url()


def words_of(thing: Thing) -> str:
    """Return its text, for the moderator."""
    if isinstance(thing, Adoption):
        return thing.outcome
    return thing.text if isinstance(thing, Comment) else thing.title


def things_of(reports: Iterable[Report], user) -> dict[tuple[str, int], Thing]:
    """Return the reported objects the moderator may open, by kind and key; one query per kind."""
    found = {}
    for kind, model in MODELS.items():
        keys = [report.about_id for report in reports if report.kind == kind]
        for thing in model.objects.open_to(user).filter(pk__in=keys).select_related("school", "author"):
            found[kind, thing.pk] = thing
    return found
