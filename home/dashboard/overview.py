from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from community.access import Access, Belonging, access_of, suspension_in_words
from community.models import Standing
from events.models import Registration
from groups.practices.finding.following import new_for
from groups.practices.models import Practice
from groups.practices.reuse.impact import overview, totals_of
from groups.practices.review.progress import progress_of
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
            for practice, where in zip(unfinished, progress_of(unfinished).values(), strict=True)
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
        return _("You can read and register for events on behalf of this school.")
    return {
        Standing.LABELLED: _("You can read, publish and register for events on behalf of this school."),
        Standing.GRACE: _(
            "Your school’s label has expired. You can still read until the end of the grace period. You’ll be "
            "able to publish and register for events again when your school is awarded its next label."
        ),
        Standing.LAPSED: _(
            "Your school’s label has expired. You can still read and export your own practices. To rejoin the "
            "group, your school needs to apply to its national support organisation and be awarded its next "
            "label."
        ),
        Standing.REVOKED: _(
            "Your school’s label was withdrawn. You can still read and export your own practices. Your national "
            "support organisation can tell you why, and what to do next."
        ),
    }[Standing(belonging.standing)]
