from django.utils.translation import gettext as _

from community.models import School, Standing
from content.machine_cards import Card, absolute


def school_card(school: School) -> Card | None:
    """Return the machine-readable card of a school that holds the label.

    Needs `standing`, which every queryset that starts from `visible_to` annotates.
    """
    if getattr(school, "standing", None) != Standing.LABELLED:
        return None
    path = school.get_absolute_url()
    address = {"@type": "PostalAddress", "addressLocality": school.city, "addressCountry": school.country.code}
    data = {
        "@type": "School",
        "name": school.name,
        "url": absolute(path),
        "address": {key: value for key, value in address.items() if value},
        "award": "eTwinning School Label",
    }
    if school.website:
        data["sameAs"] = school.website
    if school.about:
        data["description"] = school.about
    place = ", ".join(filter(None, (school.city, str(school.country.name))))
    description = school.about or _("%(place)s: a school with the eTwinning School Label.") % {"place": place}
    return Card(school.name, description[:300], path, "profile", data=data)
