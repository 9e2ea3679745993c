"""Practices written, submitted, returned, revised and published through the verbs of authors and moderators."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry, Revision, TaskState, WorkflowState

from community.models import Membership, Role, School, User
from content.uploads import store_image
from groups.practices.models import Outcome, Practice
from groups.practices.models.sections import SECTIONS
from groups.practices.reuse.adapting import adapt
from groups.practices.writing import save_draft, submit

from . import texts
from .covers import draw_cover
from .people import access_read_once, labelled
from .reviews import agree, backdate_confirmation, backdate_reviews, differ, half_way, signed_off_first

COPIED = [field.name for section in ("what", "how", "results") for field in SECTIONS[section] if field.read]
DECLINED = (
    "Oyunu okumak keyifliydi, teşekkürler. Bu grupta bir iyi uygulama, öğrencilerin nasıl öğrendiğini ve bunu nereden"
    " bildiğinizi başka bir okula anlatır; burada yalnızca malzeme var. Derslerinizi anlatan bir yazının eki olabilir."
)
# Stages of review after submission, other than unclaimed.
STAGES = {"half_way": half_way, "differ": differ, "declined": partial(agree, outcome=Outcome.DECLINE, words=DECLINED)}
# How long each moderation step took, so that the history looks real.
STEP = timedelta(days=2)


def seed_practices(now: datetime, report: Callable[[str], None]) -> None:
    """Bring every practice in the data files to the state it names, and report progress now and then."""
    schools = {school.code: school for school in School.objects.all()}
    # Oldest first, so that newer practices get higher keys.
    rows = sorted(texts.practices(), key=lambda row: -row["days_ago"])
    for number, row in enumerate(rows):
        if number % 15 == 0:
            report(f"good practices, {number} of {len(rows)} …")
        school = schools[row["school"]]
        with labelled(school), access_read_once():
            _bring(row, school, now)


def _bring(row: dict, school: School, now: datetime) -> None:
    author = author_of(school)
    practice = Practice(school=school, author=author)
    if "adapted_from" in row:
        practice = adapt(practice=Practice.objects.get(title=row["adapted_from"]), by=author, school_id=school.pk)
    for name in COPIED:
        setattr(practice, name, row[name])
    if row.get("reviews"):
        # The first version lacks what the reviewers asked for.
        practice.did_not_work = ""
    practice.public_wished = row["audience"] == "public"
    # The others get the generated cover for practices without a picture.
    if "cover_alt" in row:
        practice.cover = store_image(file=draw_cover(row["title"]), title=row["cover_alt"], by=author)
        practice.cover_alt = row["cover_alt"]
    practice = save_draft(practice=practice, by=author)
    comments = {review["outcome"]: review["comment"] for review in row.get("reviews", [])}
    if row["state"] == "signing_off":
        signed_off_first(school)
    if row["state"] != "draft":
        submit(practice=practice, by=author)
    if "returned" in comments:
        practice = agree(practice, Outcome.RETURN, comments["returned"])
        if row["state"] != "returned":
            practice.did_not_work = row["did_not_work"]
            save_draft(practice=practice, by=author)
            submit(practice=practice, by=author)
    if row["state"] == "published":
        agree(practice, Outcome.PUBLISH, comments.get("approved", ""))
    elif row["state"] in STAGES:
        STAGES[row["state"]](practice)
    _backdate(practice, now - timedelta(days=row["days_ago"]))


def author_of(school: School) -> User:
    """Return the school's first teacher, or its lead if it has none."""
    members = Membership.objects.active().filter(school=school).select_related("user").order_by("pk")
    return (members.filter(role=Role.TEACHER).first() or members.get()).user


def moderator_of(school: School) -> User:
    """Return a moderator of the school's country, or a central one."""
    moderators = User.objects.filter(moderated_organisations__isnull=False).order_by("pk")
    national = moderators.filter(moderated_organisations__countries__contains=school.country.code).first()
    return national or moderators.filter(moderated_organisations__kind="central").first()


def _backdate(practice: Practice, end: datetime) -> None:
    """Spread what was just recorded over the days before `end`, in its original order."""
    about = {"base_content_type": ContentType.objects.get_for_model(Practice), "object_id": str(practice.pk)}
    taken = TaskState.objects.filter(workflow_state__in=WorkflowState.objects.filter(**about))
    steps = list(taken.exclude(status=TaskState.STATUS_SKIPPED).order_by("pk"))
    begin = end - STEP * (2 * len(steps))
    for number, step in enumerate(steps):
        started = begin + STEP * 2 * number
        finished = started + STEP if step.finished_at else None
        TaskState.objects.filter(pk=step.pk).update(started_at=started, finished_at=finished)
    WorkflowState.objects.filter(**about).update(created_at=begin)
    Revision.objects.filter(**about).update(created_at=begin)
    ModelLogEntry.objects.filter(content_type=about["base_content_type"], object_id=about["object_id"]).update(
        timestamp=begin
    )
    rows = Practice.objects.filter(pk=practice.pk)
    rows.update(created_at=begin)
    rows.published().update(first_published_at=end, last_published_at=end)
    backdate_reviews(practice)
    backdate_confirmation(practice, end)
