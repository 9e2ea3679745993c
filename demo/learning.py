"""Professional-development pages, and who has completed them."""

import random
from datetime import datetime, timedelta

from community.models import Membership
from learning.completion import mark_done
from learning.models import Completion, LearningIndexPage, ResourcePage

from . import texts
from .personas import PERSONA_ADDRESSES


def seed_learning(now: datetime) -> None:
    """Publish the resources. Every third member has completed between one and four of them."""
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
    chance = random.Random("learning")  # noqa: S311 not a secret
    # The personas start with an empty list and fill it themselves.
    members = Membership.objects.active().with_standing().filter(standing="labelled").select_related("user")
    others = members.exclude(user__email__in=PERSONA_ADDRESSES).order_by("pk")
    for membership in others[::3]:
        for page in chance.sample(pages, chance.randint(1, 4)):
            done = mark_done(page=page, by=membership.user)
            Completion.objects.filter(pk=done.pk).update(completed_at=now - timedelta(days=chance.randint(1, 300)))


def _block(block: dict) -> tuple[str, object]:
    """Turn a table of the data file into a block of content/blocks.py."""
    kind = block["type"]
    value = {name: value for name, value in block.items() if name != "type"}
    return kind, value["text"] if kind == "heading" else value["html"] if kind == "text" else value
