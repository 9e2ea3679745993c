from community.access import shown_to_everyone
from content.machine_cards import Card, absolute

from ..models import Practice


def practice_card(practice: Practice) -> Card | None:
    """Return the machine-readable card of a public practice."""
    if not shown_to_everyone(practice):
        return None
    path = practice.get_absolute_url()
    data = {
        "@type": "LearningResource",
        "name": practice.title,
        "description": practice.summary,
        "url": absolute(path),
        "inLanguage": practice.language,
        "license": practice.licence_page,
        "datePublished": practice.first_published_at.date().isoformat(),
        "isAccessibleForFree": True,
        "educationalLevel": [str(label) for label in practice.get_levels_labels()],
        "about": [str(label) for label in practice.get_subjects_labels()],
        "teaches": [str(label) for label in practice.get_competences_labels()],
        "creator": {"@type": "EducationalOrganization", "name": practice.school.name},
    }
    return Card(
        practice.title, practice.summary, path, "article", practice.language, practice.wide_picture(), data=data
    )
