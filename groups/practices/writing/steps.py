"""The five steps of the form, and the single page with all of them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ..models import Practice
from ..models.sections import typed_in


@dataclass(frozen=True)
class Step:
    """A step of the form: its URL key, title and fields."""

    key: str
    title: str
    lead: str
    fields: tuple[str, ...]
    has_files: bool = False


STEPS = (
    Step(
        "what",
        _("The basics"),
        _("Colleagues see this first and use it to find your practice."),
        typed_in("what"),
    ),
    Step(
        "how",
        _("How you did it"),
        _("Give enough detail for someone who wasn’t there to do it again."),
        typed_in("how"),
    ),
    Step(
        "results",
        _("Results and evidence"),
        _("What changed, how you know, and what you’d leave out next time."),
        typed_in("results"),
    ),
    Step(
        "files",
        _("Pictures and files"),
        _("The first picture is the cover. Worksheets and plans can save your readers hours."),
        typed_in("files"),
        has_files=True,
    ),
    Step(
        "sharing",
        _("Sharing and licence"),
        _("Who can read it, and what others can do with it."),
        typed_in("sharing"),
    ),
)
WHOLE = Step(
    "all",
    _("Everything on one page"),
    _("All five steps on one page."),
    tuple(name for step in STEPS for name in step.fields),
    has_files=True,
)
_BY_KEY = {step.key: step for step in (*STEPS, WHOLE)}


def step_of(key: str) -> Step | None:
    """Return the step with this URL key."""
    return _BY_KEY.get(key)


def step_with(field: str) -> Step:
    """Return the step that contains a field; the files step for "images"."""
    return next((step for step in STEPS if field in step.fields), STEPS[3])


def checklist_of(practice: Practice) -> list[dict]:
    """Return each step with its fields that are incomplete for review."""
    missing = practice.missing()
    return [
        {
            "step": step,
            "number": number,
            "missing": [
                {"field": name, "sentence": sentence} for name, sentence in missing.items() if step_with(name) == step
            ],
        }
        for number, step in enumerate(STEPS, 1)
    ]


def before_and_after(step: Step) -> tuple[Step | None, Step | None]:
    """Return the previous and next step."""
    if step not in STEPS:
        return None, None
    at = STEPS.index(step)
    return (STEPS[at - 1] if at else None), (STEPS[at + 1] if at + 1 < len(STEPS) else None)
