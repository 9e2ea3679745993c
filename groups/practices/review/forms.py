"""Forms for leads, authors and reviewers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Outcome, Review, ReviewRound, Score
from .reviewing import Draft

LONGEST = 4000


class SignOffForm(forms.Form):
    """A lead's message: optional when signing off, required when handing back."""

    words = forms.CharField(
        label=_("Your note to the author"),
        required=False,
        max_length=LONGEST,
        help_text=_("Required if you send it back. What should change, and why?"),
        widget=forms.Textarea({"rows": 4}),
    )


class AppealForm(forms.Form):
    text = forms.CharField(
        label=_("Why should someone else look at it again?"),
        max_length=LONGEST,
        help_text=_("The reviewer will see this with your practice."),
        widget=forms.Textarea({"rows": 5}),
    )


class ReviewForm(forms.Form):
    """A score and a reason for each criterion of the round's rubric, a recommendation, and a message to the author.

    Nothing is required to save a draft; reviewing.py checks what handing in requires.
    """

    recommendation = forms.ChoiceField(
        label=_("What do you recommend?"), choices=Outcome.choices, required=False, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Your note to the author"), required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 4})
    )
    make_public = forms.BooleanField(
        label=_("Let visitors read it too"),
        required=False,
        help_text=_("The school asked for this. Members can read it in any case."),
    )

    def __init__(
        self, review_round: ReviewRound, *, public_wished: bool, review: Review | None = None, **kwargs
    ) -> None:
        self.criteria = list(review_round.rubric.criteria.all())
        kept = {row.criterion_id: row for row in review.scores.all()} if review else {}
        initial = {
            "recommendation": review.recommendation if review else "",
            "words": review.words if review else "",
            "make_public": review.make_public if review else False,
        }
        for criterion in self.criteria:
            row = kept.get(criterion.pk)
            initial |= {f"score-{criterion.pk}": row and row.score, f"reason-{criterion.pk}": row.reason if row else ""}
        super().__init__(initial=initial, **kwargs)
        for criterion in self.criteria:
            self.fields[f"score-{criterion.pk}"] = forms.TypedChoiceField(
                label=criterion.title, choices=Score.choices, coerce=int, empty_value=None, required=False,
                widget=forms.RadioSelect,
            )  # fmt: skip
            self.fields[f"reason-{criterion.pk}"] = forms.CharField(
                label=_("Why, and what would make it better?"), required=False, max_length=LONGEST,
                widget=forms.Textarea({"rows": 2}),
            )  # fmt: skip
        if not public_wished:
            del self.fields["make_public"]

    def rows(self) -> list[dict]:
        """Return each criterion with its two fields."""
        return [
            {"criterion": one, "score": self[f"score-{one.pk}"], "reason": self[f"reason-{one.pk}"]}
            for one in self.criteria
        ]

    def draft(self) -> Draft:
        """Return the cleaned data as a Draft."""
        typed = self.cleaned_data
        scores = {one.pk: (typed[f"score-{one.pk}"], typed[f"reason-{one.pk}"]) for one in self.criteria}
        return Draft(scores, typed["recommendation"], typed["words"], typed.get("make_public", False))


class DecisionForm(forms.Form):
    """The decision on a split or escalated round."""

    outcome = forms.ChoiceField(label=_("What’s your decision?"), choices=Outcome.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Your note to the author"),
        required=False,
        max_length=LONGEST,
        help_text=_("Required unless you publish it. The author will see this and both reviews, without names."),
        widget=forms.Textarea({"rows": 4}),
    )
    make_public = forms.BooleanField(
        label=_("Let visitors read it too"),
        required=False,
        help_text=_("The school asked for this. Members can read it in any case."),
    )

    def __init__(self, *args, public_wished: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not public_wished:
            del self.fields["make_public"]
