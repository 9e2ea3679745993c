from django_tasks import task

from content.models import SiteImage

from .sizes import SIZES


@task()
def make_renditions(image_id: int) -> None:
    """Make the sizes in which a school shows its picture, so that no reader waits for it; safe to repeat."""
    for image in SiteImage.objects.filter(pk=image_id):
        image.get_renditions(*SIZES)
