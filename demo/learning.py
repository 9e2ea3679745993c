"""Professional-development pages, and people who did some of them."""

import random
from datetime import datetime, timedelta

from community.models import Membership
from learning.completion import mark_done
from learning.models import Completion, LearningIndexPage, ResourcePage

from . import texts
from .personas import PERSONA_ADDRESSES


def seed_learning(now: datetime) -> None:
    """Publish the resources; a third of the people did one or several."""
    index = LearningIndexPage.objects.get()
    pages = [
        index.add_child(
            instance=ResourcePage(
                **{name: row[name] for name in ("title", "slug", "summary", "language", "level", "minutes")},
                **{name: row[name] for name in ("pillars", "audience")},
                body=[_block(block) for block in row["body"]],
            )
        )
        for row in texts.tables("learning.toml")["resource"]
    ]
    chance = random.Random("learning")  # noqa: S311 no secret
    # The personas find the list empty and fill it themselves.
    members = Membership.objects.active().with_standing().filter(standing="labelled").select_related("user")
    others = members.exclude(user__email__in=PERSONA_ADDRESSES).order_by("pk")
    for membership in others[::3]:
        for page in chance.sample(pages, chance.randint(1, 4)):
            done = mark_done(page=page, by=membership.user)
            Completion.objects.filter(pk=done.pk).update(completed_at=now - timedelta(days=chance.randint(1, 300)))


def _block(block: dict) -> tuple[str, object]:
    """A table of the data file as a block of content/blocks.py."""
    kind = block["type"]
    value = {name: value for name, value in block.items() if name != "type"}
    return kind, value["text"] if kind == "heading" else value["html"] if kind == "text" else value
