"""Facts about an event outside its page, so that drafts and old revisions cannot change them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models.users import validate_time_zone
from content.fields import ChoiceListField
from content.taxonomy import Language, Pillar

from .kinds import Kind


class Series(models.Model):
    """A series of events. People can register for all of them at once, or for one."""

    title = models.CharField(_("title"), max_length=200)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")

    def __str__(self) -> str:
        return self.title


class Cancellation(models.Model):
    """The cancellation of an event. Its registrations stay on record."""

    event = models.OneToOneField("events.EventPage", models.CASCADE, related_name="cancellation")
    reason = models.TextField(_("reason"), max_length=1000)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    cancelled_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("cancellation")
        verbose_name_plural = _("cancellations")

    def __str__(self) -> str:
        return self.reason


class Decision(models.TextChoices):
    WAITING = "waiting", _("waiting for a moderator")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ProposalQuerySet(models.QuerySet):
    def waiting(self) -> "ProposalQuerySet":
        """Return undecided proposals, oldest first."""
        return self.filter(decision=Decision.WAITING).order_by("created_at", "pk")

    def of(self, user) -> "ProposalQuerySet":
        """Return a person's proposals, newest first."""
        return self.filter(proposer=user).order_by("-created_at", "-pk")


class Proposal(models.Model):
    """An event proposed by a member, who organises it once it is accepted."""

    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="event_proposals")
    school = models.ForeignKey("community.School", models.PROTECT, related_name="+", verbose_name=_("school"))
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=300)
    text = models.TextField(_("What will happen, and for whom?"), max_length=5000)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.WEBINAR)
    language = models.CharField(_("language"), max_length=5, choices=Language, default=Language.EN)
    pillars = ChoiceListField(vocabulary=Pillar, verbose_name=_("pillars"), blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    time_zone = models.CharField(_("time zone"), max_length=50, validators=[validate_time_zone])
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    created_at = models.DateTimeField(_("proposed"), default=timezone.now)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, default=Decision.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    event = models.OneToOneField("events.EventPage", models.SET_NULL, null=True, blank=True, related_name="proposal")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed event")
        verbose_name_plural = _("proposed events")
        constraints = [
            models.CheckConstraint(
                condition=Q(decision=Decision.WAITING, decided_at=None)
                | (~Q(decision=Decision.WAITING) & Q(decided_at__isnull=False)),
                name="a_decided_proposal_has_a_date",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="a_proposal_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_waiting(self) -> bool:
        return self.decision == Decision.WAITING
