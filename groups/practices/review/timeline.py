"""The timeline of a practice, past and upcoming, for its authors and moderators.

Reviewers are anonymous, and their reviews appear only after the decision.
"""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry, TaskState

from community.models import display_name

from ..models import Outcome, Practice, Review, ReviewRound
from ..models.in_review import SIGN_OFF
from .progress import round_progress
from .renewal import CONFIRMED
from .sign_off_rules import who_signs_off
from .taking_down import TAKEN_DOWN

ENDINGS = {Outcome.PUBLISH: "done", Outcome.RETURN: "bad", Outcome.DECLINE: "bad"}


def timeline_of(practice: Practice) -> list[dict]:
    """Return the steps: past ones oldest first, then the current one, then upcoming ones."""
    rounds = {
        row.task_state_id: row
        for row in ReviewRound.objects.with_progress().filter(practice=practice).select_related("appeal")
    }
    steps = [{"title": _("Started"), "when": practice.created_at, "state": "done", "at": practice.created_at}]
    states = TaskState.objects.for_instance(practice).exclude(status=TaskState.STATUS_SKIPPED)
    for state in states.select_related("task__content_type", "finished_by").order_by("started_at", "pk"):
        if state.task.content_type.model == SIGN_OFF:
            steps += _sign_off_steps(practice, state)
        else:
            steps += _review_steps(state, rounds.get(state.pk))
    steps += _logged_steps(practice)
    steps.sort(key=lambda step: step["at"])
    return steps + _upcoming_steps(practice, steps[-1])


def _sign_off_steps(practice: Practice, state: TaskState) -> list[dict]:
    begun = {"title": _("Submitted"), "when": state.started_at, "at": state.started_at, "state": "done"}
    if state.status == TaskState.STATUS_IN_PROGRESS:
        leads = ", ".join(display_name(person) for person in who_signs_off(practice))
        text = _("A lead at your school is reading it: %(names)s.") % {"names": leads}
        return [
            begun,
            {"title": _("Sign-off by the school lead"), "text": text, "at": state.started_at, "state": "current"},
        ]
    who = {"name": display_name(state.finished_by) if state.finished_by else _("the school lead")}
    title, kind = {
        TaskState.STATUS_APPROVED: (_("Signed off by %(name)s") % who, "done"),
        TaskState.STATUS_REJECTED: (_("Sent back by %(name)s") % who, "bad"),
    }.get(state.status, (_("Withdrawn by the author"), "todo"))
    return [begun, _ended_step(title, kind, state)]


def _review_steps(state: TaskState, review_round: ReviewRound | None) -> list[dict]:
    appeal = review_round.appeal if review_round else None
    begun = {
        "title": _("Appeal submitted") if appeal else _("With the reviewers"),
        "text": appeal.text if appeal else "",
        "when": state.started_at,
        "at": state.started_at,
        "state": "done",
    }
    if state.status == TaskState.STATUS_IN_PROGRESS and review_round:
        until = _("Due by %(date)s.") % {"date": date_format(review_round.due_at)}
        text = round_progress(review_round) if review_round.escalated_at else f"{round_progress(review_round)} {until}"
        return [begun, {"title": _("Review"), "text": text, "at": state.started_at, "state": "current"}]
    if review_round and review_round.outcome:
        title = {Outcome.PUBLISH: _("Published"), Outcome.RETURN: _("Sent back"), Outcome.DECLINE: _("Declined")}
        return [begun, _ended_step(title[review_round.outcome], ENDINGS[review_round.outcome], state)]
    # Reviews older than rounds have only the task's status.
    title, kind = {
        TaskState.STATUS_APPROVED: (_("Published"), "done"),
        TaskState.STATUS_REJECTED: (_("Sent back"), "bad"),
    }.get(state.status, (_("Withdrawn by the author"), "todo"))
    return [begun, _ended_step(title, kind, state)]


def _ended_step(title: str, kind: str, state: TaskState) -> dict:
    return {"title": title, "when": state.finished_at, "at": state.finished_at, "state": kind, "text": state.comment}


def _logged_steps(practice: Practice) -> list[dict]:
    titles = {TAKEN_DOWN: (_("Removed from the site"), "bad"), CONFIRMED: (_("Confirmed as up to date"), "done")}
    entries = ModelLogEntry.objects.for_instance(practice).filter(action__in=titles)
    return [
        {
            "title": titles[entry.action][0],
            "state": titles[entry.action][1],
            "when": entry.timestamp,
            "at": entry.timestamp,
            "text": entry.data.get("reason", ""),
        }
        for entry in entries
    ]


def _upcoming_steps(practice: Practice, last: dict) -> list[dict]:
    if last["state"] == "current":
        after = [_("Review")] if practice.review_stage == SIGN_OFF else []
        return [{"title": title, "state": "todo"} for title in [*after, _("Decision")]]
    if practice.live and practice.review_by and not practice.is_submitted:
        day = date_format(practice.review_by)
        text = _("The authors need to confirm that it’s up to date, or update it, by %(date)s.") % {"date": day}
        return [{"title": _("Confirmation"), "text": text, "state": "todo"}]
    return []


def decision_and_reviews(practice: Practice) -> tuple[ReviewRound | None, list[Review]]:
    """Return the last decided round and its reviews, which the authors read anonymously."""
    decided = practice.rounds.exclude(decided_at=None).select_related("rubric").order_by("-pk").first()
    if decided is None:
        return None, []
    reviews = decided.reviews.handed_in().order_by("seat")
    return decided, list(reviews.with_scores())
