from django.contrib.contenttypes.models import ContentType
from django.db import models


class PlacedQuerySet(models.QuerySet):
    """Rows that belong to a place, which `place_type` and `place_id` name."""

    def in_place(self, place: models.Model) -> "PlacedQuerySet":
        """Return the rows that belong to the place."""
        return self.filter(place_type=ContentType.objects.get_for_model(place), place_id=place.pk)
