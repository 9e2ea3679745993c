"""Edits of a school's page by its leads: text is published at once, links and pictures wait for a moderator."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from community.access import leads
from community.models import School, User
from content.consent import consent_gaps
from content.models import SiteImage

from .announcements import announce_offered
from .errors import DirectoryError
from .models import Kind, Profile, ProfileItem, Status
from .models.items import MAX_PICTURES, SINGLE
from .tasks import make_renditions


@dataclass(frozen=True)
class Telling:
    """Text a lead typed about the school."""

    city: str
    about: str
    language: str
    pillars: list[str]
    website: str


def _led(school: School, by: User) -> School:
    """Lock the school, so that changes to its page are serialised. Raises DirectoryError unless `by` leads it."""
    locked = School.objects.select_for_update().get(pk=school.pk)
    if not leads(by, locked):
        raise DirectoryError(_("Only a school lead at %(school)s can edit this page.") % {"school": school.name})
    return locked


@transaction.atomic
def tell(*, school: School, by: User, telling: Telling) -> School:
    """Publish what a lead typed on the school's page.

    A new link waits for a moderator; an empty one is removed at once. Idempotent. Raises DirectoryError unless `by`
    leads the school.
    """
    school = _led(school, by)
    school.city, school.about = telling.city, telling.about
    _link(school, by, telling.website)
    school.save(update_fields=["city", "about", "website"])
    Profile.objects.update_or_create(school=school, defaults={"language": telling.language, "pillars": telling.pillars})
    return school


def _link(school: School, by: User, url: str) -> None:
    links = ProfileItem.objects.filter(school=school, kind=Kind.WEBSITE)
    if not url:
        school.website = ""
        links.filter(status__in=[Status.WAITING, Status.SHOWN]).update(status=Status.ENDED)
        return
    waiting = links.waiting()
    if url == school.website:
        waiting.update(status=Status.ENDED)
    elif not waiting.filter(url=url).exists():
        waiting.update(status=Status.ENDED)
        announce_offered(ProfileItem.objects.create(school=school, kind=Kind.WEBSITE, url=url, offered_by=by))


@transaction.atomic
def offer_picture(
    *,
    school: School,
    by: User,
    kind: Kind,
    image: SiteImage,
    alt: str,
    shows_pupils: bool = False,
    consent_holder: str = "",
    consent_until: date | None = None,
) -> ProfileItem:
    """Submit a logo or picture for review. A new logo replaces one that is waiting.

    Raises DirectoryError for a picture without a description or of pupils without consent, when the school has
    MAX_PICTURES already, or unless `by` leads the school.
    """
    school = _led(school, by)
    if not alt.strip():
        raise DirectoryError(_("Describe the picture for readers who can’t see it."))
    holder = consent_holder.strip()
    if consent_gaps(shows_pupils=shows_pupils, holder=holder, until=consent_until):
        raise DirectoryError(_("For a picture of pupils, give a valid consent and say who holds it."))
    present = ProfileItem.objects.filter(school=school, kind=kind, status__in=[Status.WAITING, Status.SHOWN])
    if kind in SINGLE:
        for replaced in present.waiting():
            _end(replaced)
    elif present.count() >= MAX_PICTURES:
        raise DirectoryError(
            _("A school can show up to %(number)d pictures. Remove one first.") % {"number": MAX_PICTURES}
        )
    item = ProfileItem.objects.create(
        school=school,
        kind=kind,
        image=image,
        alt=alt.strip(),
        shows_pupils=shows_pupils,
        consent_holder=holder,
        consent_until=consent_until,
        offered_by=by,
    )
    transaction.on_commit(partial(make_renditions.enqueue, image.pk))
    announce_offered(item)
    return item


@transaction.atomic
def remove(*, item: ProfileItem, by: User) -> None:
    """Remove a logo or picture, whether waiting, shown or refused, and delete the file. Idempotent.

    Raises DirectoryError unless `by` leads the school.
    """
    _led(item.school, by)
    present = ProfileItem.objects.exclude(status=Status.ENDED).filter(pk=item.pk, kind__in=[Kind.LOGO, Kind.PICTURE])
    for row in present.select_related("image"):
        _end(row)


def _end(item: ProfileItem) -> None:
    image, item.image, item.status = item.image, None, Status.ENDED
    item.save(update_fields=["image", "status"])
    if image:
        image.delete()


def replace_shown(item: ProfileItem) -> None:
    """End the shown item that this one replaces, if its kind is single. The caller has locked the school."""
    if item.kind in SINGLE:
        shown = ProfileItem.objects.filter(school=item.school_id, kind=item.kind, status=Status.SHOWN)
        for old in shown.exclude(pk=item.pk).select_related("image"):
            _end(old)
