"""schema.org data about practices."""

import json

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from community.access import Audience

from ..models import Practice


def structured_data(practice: Practice, request: HttpRequest) -> SafeString:
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
        "license": practice.licence_page,
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
