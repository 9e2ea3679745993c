from django_tasks import task

from content.models import SiteImage

from .picture_sizes import SIZES


@task()
def make_renditions(image_ids: list[int]) -> None:
    """Generate a practice's renditions in advance, so that readers do not wait for them. Idempotent."""
    for image in SiteImage.objects.filter(pk__in=image_ids):
        image.get_renditions(*SIZES)
