"""What members reported: the comment, topic or report of a try behind it, its words and its place."""

from collections.abc import Iterable

from django.urls import reverse

from groups.practices.models import PracticeTry

from ..models import Comment, Report, Topic

Thing = Comment | Topic | PracticeTry
MODELS = {Report.Kind.COMMENT: Comment, Report.Kind.TOPIC: Topic, Report.Kind.TRY: PracticeTry}


def address_of(thing: Thing) -> str:
    """Where something that can be reported is read."""
    if isinstance(thing, PracticeTry):
        return reverse("practice_tries", args=[thing.practice_id]) + f"#try-{thing.pk}"
    if isinstance(thing, Comment):
        return f"{thing.get_absolute_url()}#comment-{thing.pk}"
    return thing.get_absolute_url()


def words_of(thing: Thing) -> str:
    """What it says, for who judges it."""
    if isinstance(thing, PracticeTry):
        return thing.outcome
    return thing.text if isinstance(thing, Comment) else thing.title


def things_of(reports: Iterable[Report], user) -> dict[tuple[str, int], Thing]:
    """What the reports are about, by kind and key, as far as the moderator may open it; a query for each kind."""
    found = {}
    for kind, model in MODELS.items():
        keys = [report.about_id for report in reports if report.kind == kind]
        for thing in model.objects.open_to(user).filter(pk__in=keys).select_related("school", "author"):
            found[kind, thing.pk] = thing
    return found
