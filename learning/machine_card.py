from content.machine_cards import Card, page_card

from .models import ResourcePage


def resource_card(resource: ResourcePage) -> Card | None:
    """Return the machine-readable card of a public resource."""
    return page_card(
        resource,
        **{
            "@type": "LearningResource",
            "timeRequired": f"PT{resource.minutes}M",
            "educationalLevel": str(resource.get_level_display()),
            "isAccessibleForFree": True,
        },
    )
