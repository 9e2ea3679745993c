from django_tasks import task

from content.models import SiteImage

from .sizes import SIZES


@task()
def make_renditions(image_id: int) -> None:
    """Render the sizes of a school picture, so that no request waits for it. Idempotent."""
    for image in SiteImage.objects.filter(pk=image_id):
        image.get_renditions(*SIZES)
