"""Reviews on the moderators' desk. Reviews are written and decided on their own page."""

from django.db.models import DateTimeField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.models import User
from moderation.waiting import Action, Row, WaitingKind, marked, stay

from ..errors import PracticesError
from ..models import Practice, Review, ReviewRound
from .admin_edit import text_under_review
from .admin_waiting import asked_of
from .reviewing import claim


class WaitingReviews(WaitingKind):
    key = "review"
    label = gettext_lazy("Review of a practice")
    icon = "pick"
    template = "practices/desk/review.html"
    errors = (PracticesError,)
    # The seat in the review is the claim.
    keeps_claims = True
    decides_at = "practices/desk/review_decides.html"

    def waiting(self, user: User) -> QuerySet:
        rounds = ReviewRound.objects.open().filter(practice=OuterRef("pk")).order_by("-pk")

        def of_round(field: str) -> Subquery:
            return Subquery(rounds.values(field)[:1], output_field=DateTimeField())

        return marked(
            Practice.objects.in_queue_of(user),
            since=of_round("began_at"),
            until=of_round("due_at"),
            country=F("school__country"),
            language=F("language"),
        )

    def rows(self, user: User, keys: list[int]) -> dict[int, Row]:
        practices = Practice.objects.filter(pk__in=keys).select_related("school").defer(*Practice.TEXTS, "search_text")
        rounds = {one.practice_id: one for one in ReviewRound.objects.open().with_progress().filter(practice__in=keys)}
        unwritten = Review.objects.unwritten().filter(round__in=[one.pk for one in rounds.values()])
        at_it = list(unwritten.select_related("reviewer"))
        found = {}
        for practice in practices:
            running = rounds.get(practice.pk)
            if running is None:
                # Decided or withdrawn meanwhile.
                continue
            mine = any(row.round_id == running.pk and row.reviewer_id == user.pk for row in at_it)
            found[practice.pk] = Row(
                title=str(practice),
                school=practice.school.name,
                asked=asked_of(running, mine=mine),
                language=practice.language,
                holder=", ".join(str(row.reviewer) for row in at_it if row.round_id == running.pk),
            )
        return found

    def find(self, user: User, key: int) -> Practice | None:
        """Return the practice with its open round as `running`, and `is_mine` if the person holds a seat in it."""
        practice = self.waiting(user).with_review().select_related("school", "author").filter(pk=key).first()
        running = ReviewRound.objects.open().with_progress().filter(practice=key).order_by("-pk").first()
        if practice is None or running is None:
            # Decided or withdrawn meanwhile.
            return None
        practice.running = running
        practice.is_mine = Review.objects.held_by(user).filter(round=running).exists()
        return practice

    def actions(self, user: User, thing: Practice) -> list[Action]:
        running, mine = thing.running, thing.is_mine
        if mine or running.escalated_at or running.written >= running.wanted or running.taken >= running.wanted:
            return []
        done = _("You’ve claimed this review. It’s private until you submit it.")
        return [Action("claim", gettext_lazy("Claim this review"), done, _claim, keeps=True)]

    def context(self, user: User, thing: Practice) -> dict:
        asked = asked_of(thing.running, mine=thing.is_mine)
        return {"text": text_under_review(thing), "round": thing.running, "asked": asked}

    def person(self, thing: Practice) -> User | None:
        return thing.author

    def stays(self, user: User) -> list[QuerySet]:
        rounds = ReviewRound.objects.filter(practice__in=Practice.objects.in_countries_of(user).values("pk"))
        # Rounds withdrawn by the author end without a decision.
        left = Coalesce("decided_at", "task_state__finished_at")
        ended = Q(decided_at__isnull=False) | Q(task_state__finished_at__isnull=False)
        known = rounds.filter(ended | Q(pk__in=ReviewRound.objects.open().values("pk")))
        return [stay(known, came=F("began_at"), left=left, country=F("practice__school__country"))]


def _claim(practice: Practice, by: User) -> None:
    claim(practice=practice, by=by)
