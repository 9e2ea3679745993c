"""Notification topics of this app that people can configure."""

from django.utils.translation import gettext_lazy as _

from notifications.topics import Topic

TOPICS = [
    Topic(
        "school_page",
        _("Your school’s page"),
        _("Moderators’ decisions about the logo, pictures and link of the school you lead."),
        ("directory/profile_approved", "directory/profile_refused", "directory/profile_taken_off"),
    ),
    Topic(
        "school_page_review",
        _("School pages to review"),
        _("For moderators, when a school wants to show something new. At most one message per school a day."),
        ("directory/profile_offered",),
    ),
]
