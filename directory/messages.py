"""Notification topics of this app that people can configure."""

from django.utils.translation import gettext_lazy as _

from notifications.topics import Topic

TOPICS = [
    Topic(
        "school_page",
        _("Your school’s page"),
        _("What moderators decided about the logo, the pictures and the link of the school that you lead."),
        ("directory/profile_approved", "directory/profile_refused", "directory/profile_taken_off"),
    ),
    Topic(
        "school_page_review",
        _("Pages of schools to look at"),
        _("For moderators: a school wants to show something new. At most one message a day and school."),
        ("directory/profile_offered",),
    ),
]
