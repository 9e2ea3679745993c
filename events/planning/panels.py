"""Fields of an event in the Wagtail admin, in planning order."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

EVENT_PANELS = [
    FieldPanel("kind"),
    MultiFieldPanel(
        [
            FieldPanel("time_zone"),
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        ],
        _("When"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("admits"),
            FieldPanel("invited_people"),
            FieldPanel("invited_schools"),
            FieldRowPanel([FieldPanel("registration_opens_at"), FieldPanel("registration_closes_at")]),
        ],
        _("Who can register"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("capacity"), FieldPanel("seats_per_school")]),
            FieldRowPanel([FieldPanel("one_per_school_until"), FieldPanel("offer_hours")]),
            FieldPanel("join_url"),
        ],
        _("Places"),
    ),
    FieldPanel("questions"),
    FieldPanel("body"),
    FieldPanel("agenda"),
    FieldPanel("speakers"),
    FieldPanel("organisers"),
    FieldPanel("pillars"),
    FieldPanel("other_languages"),
]
