from django.core.cache import cache
from django.utils.translation import get_language
from django_countries import countries

from .models import School


def countries_of_schools() -> list[tuple[str, str]]:
    """Return the countries that have schools on the site, by name; cached for ten minutes per language."""
    language = get_language()
    remembered = cache.get(f"groups.countries.{language}")
    if remembered is None:
        codes = School.objects.order_by().values_list("country", flat=True).distinct()
        remembered = sorted(((str(code), countries.name(code)) for code in codes), key=lambda pair: pair[1])
        cache.set(f"groups.countries.{language}", remembered, 600)
    return remembered
