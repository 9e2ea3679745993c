"""schema.org data about practices."""

from django.conf import settings
from django.utils.safestring import SafeString

from community.access import shown_to_everyone
from content.json_ld import as_json_ld

from ..models import Practice


def structured_data(practice: Practice) -> SafeString:
    """Return schema.org data for a public practice, safe in a script element; empty for others."""
    if not shown_to_everyone(practice):
        return SafeString("")
    return as_json_ld(
        {
            "@type": "LearningResource",
            "name": practice.title,
            "description": practice.summary,
            "url": settings.SITE_URL.rstrip("/") + practice.get_absolute_url(),
            "inLanguage": practice.language,
            "license": practice.licence_page,
            "datePublished": practice.first_published_at.date().isoformat(),
            "isAccessibleForFree": True,
            "educationalLevel": [str(label) for label in practice.get_levels_labels()],
            "about": [str(label) for label in practice.get_subjects_labels()],
            "teaches": [str(label) for label in practice.get_competences_labels()],
            "creator": {"@type": "EducationalOrganization", "name": practice.school.name},
        }
    )
