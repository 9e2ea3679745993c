from django.utils.translation import gettext_lazy as _

from notifications.topics import ALWAYS, Topic

TOPICS = [
    Topic(
        "account",
        _("Your account and your school"),
        _("Invitations, and changes of where you belong."),
        ("community/invitation", "community/removed"),
        choices=ALWAYS,
    )
]
