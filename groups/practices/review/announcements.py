"""Notifications about a practice to authors, leads and reviewers, each sent once and in the recipient's language."""

from collections.abc import Callable, Iterable
from functools import partial

from django.urls import reverse

from community.models import User
from notifications.delivery import notify

from .reviewers import had_a_part, people_to_ask
from .sign_off_rules import who_signs_off


def tell(people: Iterable[User], message: str, practice, path: Callable[[], str], key: str, **context: object) -> None:
    """Send a notification to people. `path` is called in each recipient's language."""
    notify(
        recipients=people,
        message=f"practices/{message}",
        context={"practice": practice, "school": practice.school, **context},
        url=path,
        key=f"{message}:{key}",
    )


def on_the_desk(practice) -> Callable[[], str]:
    """Return the path of the practice's review page."""
    return partial(reverse, "wagtailsnippets_practices_practice:edit", args=[practice.pk])


def for_the_author(practice) -> Callable[[], str]:
    """Return the path of the practice's timeline for its authors."""
    return partial(reverse, "practice_history", args=[practice.pk])


def announce_sign_off_wanted(practice, task_state) -> None:
    """Tell the school's leads that the practice needs a sign-off."""
    path = partial(reverse, "practice_sign_off", args=[practice.pk])
    tell(who_signs_off(practice), "sign_off_wanted", practice, path, str(task_state.pk))


def announce_signed_off(practice, task_state) -> None:
    """Tell the authors that the practice is with the reviewers."""
    lead = task_state.finished_by
    tell(practice.authors(), "signed_off", practice, for_the_author(practice), str(task_state.pk), lead=lead)


def announce_handed_back(practice, task_state) -> None:
    """Tell the authors what changes their school's lead asks for."""
    context = {"lead": task_state.finished_by, "reason": task_state.comment}
    edit = partial(reverse, "practice_edit", args=[practice.pk])
    tell(practice.authors(), "handed_back", practice, edit, str(task_state.pk), **context)


def announce_submitted(review_round, practice) -> None:
    """Tell returning reviewers that the practice is back, and others that seats are free."""
    again = [review.reviewer for review in review_round.held_reviews]
    context = {"due_at": review_round.due_at}
    tell(again, "review_again", practice, on_the_desk(practice), str(review_round.pk), **context)
    free = review_round.wanted - len(again)
    if free:
        without = {person.pk for person in again}
        if review_round.appeal:
            without |= had_a_part(review_round.appeal.declined)
        message = "practice_appealed" if review_round.appeal else "practice_submitted"
        context["appeal"] = review_round.appeal.text if review_round.appeal else ""
        people = people_to_ask(practice, free, without)
        tell(people, message, practice, on_the_desk(practice), str(review_round.pk), **context)


def announce_split(practice, review_round) -> None:
    """Ask moderators who haven't reviewed the practice to decide, because the reviews differ."""
    people = people_to_ask(practice, 1, without=had_a_part(review_round))
    tell(people, "reviews_differ", practice, on_the_desk(practice), str(review_round.pk))


def _read(review_round) -> list:
    return list(review_round.reviews.handed_in().with_scores())


def announce_taken_back(practice, review_round) -> None:
    """Tell the round's reviewers that the author withdrew the practice."""
    reviewers = [review.reviewer for review in review_round.held_reviews if review.reviewer]
    path = partial(reverse, "wagtailsnippets_practices_practice:list")
    tell(reviewers, "practice_taken_back", practice, path, str(review_round.pk))


def announce_published(practice, review_round, words: str) -> None:
    """Tell the authors that the practice is published, with the reviewers' comments if there are any."""
    key = str(review_round.pk)
    tell(practice.authors(), "practice_published", practice, practice.get_absolute_url, key, comment=words)


def announce_returned(practice, review_round, words: str) -> None:
    """Tell the authors why the practice was sent back, criterion by criterion."""
    edit = partial(reverse, "practice_edit", args=[practice.pk])
    context = {"reason": words, "reviews": _read(review_round)}
    tell(practice.authors(), "practice_returned", practice, edit, str(review_round.pk), **context)


def announce_declined(practice, review_round, words: str) -> None:
    """Tell the authors why the practice was declined, and how to appeal if they still can."""
    context = {"reason": words, "reviews": _read(review_round), "final": review_round.appeal is not None}
    tell(practice.authors(), "practice_declined", practice, for_the_author(practice), str(review_round.pk), **context)


def announce_taken_down(practice, reason: str, key: str) -> None:
    """Tell the authors that the practice was taken down, and why."""
    edit = partial(reverse, "practice_edit", args=[practice.pk])
    tell(practice.authors(), "practice_taken_down", practice, edit, key, reason=reason)
