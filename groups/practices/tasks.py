from django_tasks import task

from content.models import SiteImage

from .picture_sizes import SIZES


@task()
def make_renditions(image_ids: list[int]) -> None:
    """Make the sizes in which a practice shows its pictures, so that no reader waits for it; safe to repeat."""
    for image in SiteImage.objects.filter(pk__in=image_ids):
        image.get_renditions(*SIZES)
