"""Schools, labels and people, created by import, invitation and acceptance as on the live site."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.db.models import F

from community.award_lists.importing import import_rows
from community.belonging.invitations import accept, invite
from community.models import Confirmation, Invitation, Label, Role, School, SupportOrganisation, User
from community.moderators import appoint

from . import texts

REVOKED = {"HU-002": "The school asked to give the label back.", "TR-013": "The school closed its eTwinning projects."}


def seed_people(today: date) -> None:
    """Import the award list, accept the leads' invitations, invite their colleagues and appoint the moderators."""
    import_rows(content=texts.award_list(today), invite_leads=True)
    data = texts.tables("people.toml")
    zones = {person["school"]: (person["language"], person["time_zone"]) for person in data["person"]}
    for invitation in Invitation.objects.open().select_related("school"):
        language, zone = zones.get(invitation.school.code, ("en", "Europe/Brussels"))
        accept(token_or_invitation=invitation, user=_person(invitation.email, invitation.name, language, zone))
    for row in data["person"]:
        _join(row)
    for row in data["organisation"]:
        SupportOrganisation.objects.create(**row)
    for row in data["moderator"]:
        organisation = SupportOrganisation.objects.get(name=row["organisation"])
        person = _person(row["email"], row["name"], row["language"], row["time_zone"])
        appoint(organisation=organisation, user=person)
    # Schools with an ended label wrote this while they held it. The others write theirs in school_pages.py.
    for code, about in texts.tables("schools.toml").items():
        School.objects.filter(code=code).update(about=about["about"].strip())


def _person(email: str, name: str, language: str, zone: str) -> User:
    person = User.objects.create_user(email, name=name, language=language, time_zone=zone)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def _join(row: dict) -> None:
    school = School.objects.get(code=row["school"])
    with labelled(school):
        invitation = invite(
            school=school,
            email=row["email"],
            name=row["name"],
            role=Role.TEACHER,
            by=User.objects.filter(memberships__school=school, memberships__role=Role.LEAD).first(),
            confirmed_by=Confirmation.LEAD,
            language=row["language"],
        )
    person = _person(row["email"], row["name"], row["language"], row["time_zone"])
    accept(token_or_invitation=invitation, user=person)


def revoke_labels() -> None:
    """Revoke the labels that the demonstration needs revoked."""
    for code, reason in REVOKED.items():
        Label.objects.valid().get(school__code=code).revoke(reason=reason)


@contextmanager
def labelled(school: School) -> Iterator[None]:
    """Extend the label of a school whose label has ended, because its past was written while it held the label."""
    latest = Label.objects.filter(school=school).order_by("-starts_on").first()
    ended = timedelta(days=0) if Label.objects.valid().filter(pk=latest.pk).exists() else timedelta(days=3650)
    Label.objects.filter(pk=latest.pk).update(ends_on=F("ends_on") + ended)
    yield
    Label.objects.filter(pk=latest.pk).update(ends_on=latest.ends_on)


@contextmanager
def access_read_once() -> Iterator[None]:
    """Compute each person's access once, however often their row is loaded. Memberships do not change meanwhile.

    Without this, a third of the seeding time goes into recomputing access.
    """
    memories: dict[int, dict] = defaultdict(dict)
    User.access_memory = property(lambda person: memories[person.pk])
    try:
        yield
    finally:
        del User.access_memory
