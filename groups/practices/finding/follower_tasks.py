from django_tasks import task

from notifications.delivery import notify

from ..models import Practice
from .following import followers_of

BATCH = 100


@task()
def tell_followers(practice_id: int, beyond: int = 0) -> None:
    """Notify followers of a new practice's school or topics, once each, if they may read it.

    Each batch enqueues the next as its own task, so a killed worker repeats little and notifies no one twice.
    """
    practice = Practice.objects.published().select_related("school").filter(pk=practice_id).first()
    if practice is None:
        return
    people = list(followers_of(practice).filter(pk__gt=beyond)[:BATCH])
    readers = [person for person in people if Practice.objects.visible_to(person).filter(pk=practice_id).exists()]
    notify(
        recipients=readers,
        message="practices/practice_followed",
        context={"practice": practice, "school": practice.school},
        url=practice.get_absolute_url,
        key=f"practice_followed:{practice_id}",
        about=practice,
    )
    if len(people) == BATCH:
        tell_followers.enqueue(practice_id, people[-1].pk)
