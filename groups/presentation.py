"""What the pages of a practice show besides its own fields: facts, structured data, the way it took."""

import base64
import json
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django_countries import countries
from wagtail.models import TaskState

from community.access import Audience
from community.models import School, display_name

from .sizes import EXPORTED

if TYPE_CHECKING:
    # The model shows itself in previews through this file.
    from .models import Practice

LICENCE_PAGES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
}


def ages_of(practice: "Practice") -> str:
    """The pupils' ages in words; empty when the author named none."""
    youngest, oldest = practice.age_min, practice.age_max
    if youngest is not None and oldest is not None and youngest != oldest:
        return _("%(youngest)d to %(oldest)d") % {"youngest": youngest, "oldest": oldest}
    one = youngest if youngest is not None else oldest
    return "" if one is None else str(one)


def facts_of(practice: "Practice") -> list[tuple[str, str]]:
    """What stands beside the text; only what the author filled in."""
    return [
        (label, value)
        for label, value in [
            (_("Education levels"), _listed(practice.get_levels_labels())),
            (_("Age of the pupils"), ages_of(practice)),
            (_("Subjects"), _listed(practice.get_subjects_labels())),
            (_("Key competences"), _listed(practice.get_competences_labels())),
            (_("Duration"), practice.get_duration_display()),
            (_("Tools used"), _listed(practice.tools)),
            (_("Countries involved"), _listed(countries.name(code) for code in practice.countries)),
            (_("Languages of the activity"), _listed(practice.get_activity_languages_labels())),
            (_("Language of the text"), practice.get_language_display()),
        ]
        if value
    ]


def _listed(labels) -> str:
    return ", ".join(str(label) for label in labels)


def texts_of(practice: "Practice") -> list[dict[str, str]]:
    """The sections of the text that have something in them, in the order of the record."""
    sections = [
        ("context", _("Context"), practice.context),
        ("steps", _("What we did"), practice.steps),
        ("results", _("What came out of it"), practice.results),
        ("did-not-work", _("What did not work"), practice.did_not_work),
        ("conditions", _("If you want to do it, too"), practice.conditions),
    ]
    return [{"id": key, "title": title, "html": html} for key, title, html in sections if html]


def credit_of(practice: "Practice") -> str:
    """Whom to name when reusing it."""
    if practice.author is None:
        return practice.school.name
    return _("%(author)s, %(school)s") % {"author": display_name(practice.author), "school": practice.school.name}


def reading_context(practice: "Practice", request: HttpRequest) -> dict:
    """What templates/groups/practice.html needs, for readers, authors and previews alike."""
    return {
        "practice": practice,
        "facts": facts_of(practice),
        "texts": texts_of(practice),
        "pillars": [{"key": key, "label": label} for key, label in pillars_of(practice)],
        "images": practice.images.all(),
        "attachments": practice.attachments.all(),
        "credit": credit_of(practice),
        "licence_page": LICENCE_PAGES[practice.licence],
        "school_link": School.objects.visible_to(request.user).filter(pk=practice.school_id).exists(),
        "original": original_of(practice, request),
    }


def pillars_of(practice: "Practice") -> list[tuple[str, str]]:
    return list(zip(practice.pillars, practice.get_pillars_labels(), strict=True))


def original_of(practice: "Practice", request: HttpRequest) -> "Practice | None":
    """The practice this one adapts, when the reader may see it."""
    if practice.adapted_from_id is None:
        return None
    originals = type(practice).objects.visible_to(request.user).select_related("school")
    return originals.filter(pk=practice.adapted_from_id).first()


def structured_data(practice: "Practice", request: HttpRequest) -> SafeString:
    """schema.org data about a practice that everyone may read, safe inside a script element; else nothing."""
    if not (practice.live and practice.audience == Audience.PUBLIC):
        return mark_safe("")
    data = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "name": practice.title,
        "description": practice.summary,
        "url": request.build_absolute_uri(practice.get_absolute_url()),
        "inLanguage": practice.language,
        "license": LICENCE_PAGES[practice.licence],
        "datePublished": practice.first_published_at.date().isoformat(),
        "isAccessibleForFree": True,
        "educationalLevel": [str(label) for label in practice.get_levels_labels()],
        "about": [str(label) for label in practice.get_subjects_labels()],
        "teaches": [str(label) for label in practice.get_competences_labels()],
        "creator": {"@type": "EducationalOrganization", "name": practice.school.name},
    }
    text = json.dumps(data, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(text)  # noqa: S308 nothing that ends the element is left


def embedded(image) -> str:
    """An image as a data URI, for a page that stands on its own."""
    rendition = image.get_rendition(EXPORTED)
    with rendition.file.open("rb") as file:
        return "data:image/jpeg;base64," + base64.b64encode(file.read()).decode()


def way_of(practice: "Practice") -> list[dict]:
    """The timeline of a practice: begun, submitted, sent back with the reason, published."""
    steps = [{"title": _("Begun"), "when": practice.created_at, "state": "done"}]
    states = TaskState.objects.for_instance(practice).order_by("started_at", "pk")
    for state in states:
        steps.append({"title": _("Submitted for review"), "when": state.started_at, "state": "done"})
        if state.status == TaskState.STATUS_IN_PROGRESS:
            steps.append({"title": _("Waits for a moderator"), "when": None, "state": "current"})
        else:
            steps.append(_ending(state))
    return steps


def _ending(state: TaskState) -> dict:
    title, kind = {
        TaskState.STATUS_APPROVED: (_("Published"), "done"),
        TaskState.STATUS_REJECTED: (_("Sent back"), "bad"),
    }.get(state.status, (_("Taken back by the author"), "todo"))
    return {"title": title, "when": state.finished_at, "state": kind, "text": state.comment}
