from django.utils.translation import gettext_lazy as _

from notifications.topics import ALWAYS, Topic

TOPICS = [
    Topic(
        "account",
        _("Your account and your school"),
        _("Invitations, changes to your membership, and messages from moderators about your contributions."),
        (
            "community/invitation",
            "community/removed",
            "community/warned",
            "community/suspended",
            "community/suspension_lifted",
        ),
        choices=ALWAYS,
    )
]
