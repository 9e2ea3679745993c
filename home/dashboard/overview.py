from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from community.access import Access, Belonging, access_of, suspension_in_words
from community.models import Standing
from events.models import Registration
from groups.practices.finding.following import new_for
from groups.practices.models import Practice
from groups.practices.reuse.impact import overview, totals_of
from groups.practices.review.progress import whereabouts_of
from learning.models import Completion

from ..public_pages.showcase import NEWEST, next_events

FOLLOWED = 3
# How long a practice counts as new on the dashboard.
FRESH = timedelta(days=60)

TONES = {
    Standing.LABELLED: "success",
    Standing.GRACE: "warning",
    Standing.LAPSED: "neutral",
    Standing.REVOKED: "danger",
}


def dashboard_context(user) -> dict:
    """Return the context of the dashboard. A lapsed member gets their own things and nothing of the group."""
    access = access_of(user)
    own = Practice.objects.authored_by(user)
    published = list(overview(user)[:200])
    unfinished = list(own.unfinished().for_list()[:NEWEST])
    context = {
        "schools": [
            {
                "belonging": b,
                "tone": TONES[b.standing],
                "label": Standing(b.standing).label,
                "advice": advice(b, access),
            }
            for b in access.belongings
        ],
        "suspension": suspension_in_words(access.suspended) if access.suspended else "",
        "unfinished": [
            {"practice": practice, "where": where, "editable": not practice.refusal_to_edit(user)}
            for practice, where in zip(unfinished, whereabouts_of(unfinished).values(), strict=True)
        ],
        "to_sign_off": Practice.objects.to_sign_off_by(user).select_related("school", "author"),
        "published_count": own.published().count(),
        "impact": totals_of(published) if published else None,
        # A member who has lost access can still cancel a registration here.
        "registrations": Registration.objects.of(user).coming()[:NEWEST],
        "completions": Completion.objects.of(user)[:3],
    }
    if access.reads_members_content:
        followed = list(new_for(user, timezone.now() - FRESH).for_list()[:FOLLOWED])
        newest = Practice.objects.visible_to(user).published().exclude(pk__in=[practice.pk for practice in followed])
        context |= {
            "newest": newest.for_list()[: FOLLOWED if followed else NEWEST],
            "followed": followed,
            "events": next_events(user),
        }
    return context


def advice(belonging: Belonging, access: Access) -> str:
    """Explain what the school's standing means for this person and how to regain access."""
    if access.suspended and belonging.contributes:
        return _("You read and register for events in this school’s name.")
    return {
        Standing.LABELLED: _("You read, publish and register for events in this school’s name."),
        Standing.GRACE: _(
            "The label has ended. You read on until the grace period is over; publishing and registering come back"
            " when the school is awarded the next label."
        ),
        Standing.LAPSED: _(
            "The label has ended. Your own practices stay yours to read and export; the group opens again when the"
            " school applies to its national support organisation and is awarded the next label."
        ),
        Standing.REVOKED: _(
            "The label was withdrawn. Your own practices stay yours to read and export; the national support"
            " organisation of your country can tell you why and what to do."
        ),
    }[Standing(belonging.standing)]
