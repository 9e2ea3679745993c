from django.db.models import Model

from .models import Comment, Subscription


def on_place_deleted(sender: type[Model], instance: Model, **kwargs: object) -> None:
    """Delete the comments and subscriptions of a deleted place.

    Connect it to `post_delete`: a comment written at the same time has waited for the lock on the place, or is deleted
    too.
    """
    Comment.objects.in_place(instance).delete()
    Subscription.objects.in_place(instance).delete()
