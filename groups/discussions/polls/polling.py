"""Polls of a topic. Every verb locks the topic, so a ballot can't race with the end of the poll."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from community.models import User

from ..errors import DiscussionsError, RefusedError
from ..models import Ballot, Poll, PollOption, Topic
from ..models.polls import FEWEST, MOST
from ..writing_rules import check_manages_topic, locked_place, may_manage_topic, refusal_to_comment, refusal_to_talk

ENDED = "groups.end_poll"


class OverError(DiscussionsError):
    """The poll ended before the ballot arrived."""


@dataclass(frozen=True)
class PollShown:
    """A poll as shown to one reader. Results are hidden until they vote or the poll ends."""

    poll: Poll
    options: list[PollOption]
    voters: int
    is_over: bool
    refusal: str
    may_manage: bool

    @property
    def has_voted(self) -> bool:
        return any(option.is_chosen for option in self.options)

    @property
    def shows_results(self) -> bool:
        return self.has_voted or self.is_over

    @property
    def may_vote(self) -> bool:
        return self.poll.topic.live and not self.is_over and not self.refusal

    @property
    def may_take_away(self) -> bool:
        return self.may_manage and not self.voters

    @property
    def rows(self) -> list[dict]:
        """Return the rows of the bar chart: votes, and their share of the voters."""
        return [
            {
                "label": _("%(option)s (your choice)") % {"option": option} if option.is_chosen else option.text,
                "value": option.number,
                "text": f"{option.number} · {_share(option.number, self.voters)}",
            }
            for option in self.options
        ]


def _share(number: int, of: int) -> str:
    # Translatable because Turkish puts the percent sign first.
    return _("%(number)d %%") % {"number": round(100 * number / of) if of else 0}


def poll_of(topic: Topic, user: User) -> PollShown | None:
    """Return the topic's poll as shown to this person; None if there is none."""
    poll = getattr(topic, "poll", None)
    if poll is None:
        return None
    return PollShown(
        poll=poll,
        options=poll.counted_for(user),
        voters=poll.ballots.count(),
        is_over=poll.is_over(),
        refusal=refusal_to_talk(user),
        # Hidden topics are frozen.
        may_manage=topic.live and may_manage_topic(topic, user),
    )


@transaction.atomic
def add_poll(
    *,
    topic: Topic,
    by: User,
    question: str,
    options: Sequence[str],
    takes_several: bool = False,
    ends_at: datetime | None = None,
) -> Poll:
    """Add the topic's only poll. Idempotent for the same question and options.

    Raises RefusedError if the person may not manage the topic, DiscussionsError for an invalid question,
    options or end, and for a second poll.
    """
    row = locked_place(topic, by)
    check_manages_topic(row, by)
    if reason := refusal_to_comment(row, by):
        raise RefusedError(reason)
    question, options = " ".join(question.split()), checked_options(options)
    if not question:
        raise DiscussionsError(_("Ask something."))
    if ends_at is not None and ends_at <= timezone.now():
        raise DiscussionsError(_("Choose an end time in the future."))
    earlier = Poll.objects.filter(topic=row).first()
    if earlier and (earlier.question, [option.text for option in earlier.options.all()]) == (question, options):
        return earlier
    if earlier:
        raise DiscussionsError(_("This topic already has a poll. Start another topic for another question."))
    poll = Poll.objects.create(topic=row, question=question, takes_several=takes_several, ends_at=ends_at)
    PollOption.objects.bulk_create(
        PollOption(poll=poll, text=text, position=position) for position, text in enumerate(options)
    )
    return poll


def checked_options(options: Iterable[str]) -> list[str]:
    """Return the options without blanks. Raises DiscussionsError for too few, many, long or duplicate options."""
    options = [text for text in (" ".join(option.split()) for option in options) if text]
    if not FEWEST <= len(options) <= MOST:
        limits = {"fewest": FEWEST, "most": MOST, "number": len(options)}
        raise DiscussionsError(_("A poll can have %(fewest)d to %(most)d options; yours has %(number)d.") % limits)
    longest = PollOption._meta.get_field("text").max_length
    if long := next((text for text in options if len(text) > longest), None):
        words = {"option": long[:40], "limit": longest}
        raise DiscussionsError(_("“%(option)s…” is too long. An option can have up to %(limit)d characters.") % words)
    if len(set(options)) < len(options):
        twice = next(text for text in options if options.count(text) > 1)
        raise DiscussionsError(_("“%(option)s” is listed twice.") % {"option": twice})
    return options


@transaction.atomic
def vote(*, topic: Topic, by: User, options: Iterable[int]) -> Ballot:
    """Cast the person's only ballot, or change it until the poll ends. Idempotent.

    Raises OverError after the end, RefusedError if the person may not take part, DiscussionsError for an invalid
    choice.
    """
    topic = locked_place(topic, by)
    if reason := refusal_to_talk(by):
        raise RefusedError(reason)
    row = _row(topic)
    ballot = Ballot.objects.filter(poll=row, voter=by).first()
    if row.is_over():
        raise OverError(_counts_as_before() if ballot else _not_counted())
    chosen = set(options)
    if not chosen:
        raise DiscussionsError(_("Choose an option first."))
    if len(chosen) > 1 and not row.takes_several:
        raise DiscussionsError(_("Choose one option."))
    if row.options.filter(pk__in=chosen).count() < len(chosen):
        raise DiscussionsError(_("This option is no longer available. Please choose again."))
    ballot = ballot or Ballot.objects.create(poll=row, voter=by)
    ballot.options.set(chosen)
    return ballot


def _counts_as_before() -> str:
    return _("The poll ended before this change arrived, so your earlier vote counts.")


def _not_counted() -> str:
    return _("The poll ended before your vote arrived, so it wasn’t counted. Here’s how the others voted:")


@transaction.atomic
def end_poll(*, topic: Topic, by: User) -> None:
    """Close the poll and reveal the results to everyone. Idempotent; raises RefusedError."""
    topic = locked_place(topic, by)
    check_manages_topic(topic, by)
    row = _row(topic)
    if not row.is_over():
        row.ends_at = timezone.now()
        row.save(update_fields=["ends_at"])
        log(instance=topic, action=ENDED, user=by)


@transaction.atomic
def take_away(*, topic: Topic, by: User) -> None:
    """Delete a poll without votes, to allow a new one. Raises RefusedError, or DiscussionsError after a vote."""
    topic = locked_place(topic, by)
    check_manages_topic(topic, by)
    row = _row(topic)
    if row.ballots.exists():
        raise DiscussionsError(_("Someone has already voted. End the poll instead."))
    row.delete()


def _row(topic: Topic) -> Poll:
    """Read the poll under the topic's lock; DiscussionsError if it has been deleted."""
    poll = Poll.objects.filter(topic=topic).first()
    if poll is None:
        raise DiscussionsError(_("This poll no longer exists."))
    poll.topic = topic
    return poll
