"""School pages, written by their leads and reviewed by moderators."""

from datetime import date, timedelta

from community.models import Role, School, User
from content.taxonomy import Pillar
from content.uploads import store_image
from directory.models import Kind
from directory.profile import Telling, offer_picture, tell
from directory.review import approve, refuse
from groups.practices.models import Practice

from . import texts
from .covers import draw_cover
from .emblems import draw_emblem
from .practices import moderator_of


def seed_school_pages(today: date) -> None:
    """Write the page of every labelled school as its lead, and add a logo and pictures to some."""
    shown = texts.tables("school_pages.toml")
    links = {row["school"]: row["url"] for row in shown["link"]}
    languages = shown["languages"]
    schools = {school.code: school for school in School.objects.labelled()}
    abouts = texts.tables("schools.toml")
    for code, school in schools.items():
        telling = Telling(
            city=school.city,
            about=abouts[code]["about"].strip() if code in abouts else "",
            language=languages.get(code) or languages.get(code[:2], "en"),
            pillars=_pillars(school),
            website=links.get(code, school.website),
        )
        tell(school=school, by=_lead(school), telling=telling)
    for row in shown["item"]:
        if row["school"] in schools:
            _show(row, schools[row["school"]], today)


def _show(row: dict, school: School, today: date) -> None:
    kind = Kind(row["kind"])
    lead, draw = _lead(school), draw_emblem if kind == Kind.LOGO else draw_cover
    consent = {}
    if row.get("shows_pupils"):
        until = today + timedelta(days=300)
        consent = {"shows_pupils": True, "consent_holder": row["consent_holder"], "consent_until": until}
    image = store_image(file=draw(f"{school.code} {row['alt']}"), title=row["alt"], by=lead)
    item = offer_picture(school=school, by=lead, kind=kind, image=image, alt=row["alt"], **consent)
    state = row.get("state", "shown")
    if state == "shown":
        approve(item=item, by=moderator_of(school))
    elif state == "refused":
        refuse(item=item, by=moderator_of(school), reason=row["reason"])


def _lead(school: School) -> User:
    return User.objects.filter(memberships__school=school, memberships__role=Role.LEAD).order_by("pk").first()


def _pillars(school: School) -> list[str]:
    """Return the pillars of the school's practices, or two of the five if it has none."""
    found = {key for keys in Practice.objects.of_school(school).values_list("pillars", flat=True) for key in keys}
    return [key for key in Pillar.values if key in found] or Pillar.values[school.pk % 4 :][:2]
