"""Saved practices, collections and follows."""

from community.models import User
from groups.practices.finding import collecting
from groups.practices.finding.following import follow
from groups.practices.finding.saving import save_for_later
from groups.practices.models import Practice

from . import texts


def seed_finding() -> None:
    """Save, collect and follow as the data file says."""
    data = texts.tables("finding.toml")
    people = {person.email: person for person in User.objects.all()}
    practices = {practice.title: practice for practice in Practice.objects.published()}
    for row in data["save"]:
        for title in row["practices"]:
            save_for_later(practice=practices[title], by=people[row["who"]])
    for row in data["collection"]:
        by = people[row["by"]]
        school = by.memberships.active().get().school if row["kind"] == "school" else None
        collection = collecting.begin(
            kind=row["kind"], title=row["title"], description=row["description"], school=school, by=by
        )
        for title in row["practices"]:
            collecting.add(practice=practices[title], collection=collection, by=by)
    for row in data["follow"]:
        for topic in row["topics"]:
            follow(by=people[row["who"]], topic=topic)
    # Languages she reads, in addition to the language of her emails.
    User.objects.filter(email="aoife.twomey@rowanhill.example").update(reads=["en", "ga", "tr"])
