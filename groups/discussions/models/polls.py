from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FEWEST, MOST = 2, 10


class Poll(models.Model):
    """A poll in a topic. It ends when the topic is closed, or earlier."""

    topic = models.OneToOneField("discussions.Topic", models.CASCADE, related_name="poll")
    question = models.CharField(_("question"), max_length=200)
    takes_several = models.BooleanField(_("allow several choices"), default=False)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    created_at = models.DateTimeField(_("started"), default=timezone.now)

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")

    def __str__(self) -> str:
        return self.question

    def is_over(self, at: datetime | None = None) -> bool:
        """Return whether voting has ended."""
        return self.topic.is_closed or (self.ends_at is not None and self.ends_at <= (at or timezone.now()))

    def counted_for(self, user) -> list["PollOption"]:
        """Return the options in order with `number` (ballots) and `is_chosen` (by this person), in one query."""
        own = Ballot.objects.filter(voter=user, options=OuterRef("pk"))
        return list(self.options.annotate(number=Count("ballots"), is_chosen=Exists(own)))


class PollOption(models.Model):
    """An option of a poll."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options")
    text = models.CharField(_("option"), max_length=120)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("poll option")
        verbose_name_plural = _("poll options")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["poll", "position"], name="one_option_per_position")]

    def __str__(self) -> str:
        return self.text


class Ballot(models.Model):
    """One person's vote. Never shown to anyone else: results are totals."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="ballots")
    # Deleting an account anonymises the vote but keeps it.
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    options = models.ManyToManyField(PollOption, related_name="ballots")

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [models.UniqueConstraint(fields=["poll", "voter"], name="one_ballot_per_person")]

    def __str__(self) -> str:
        return f"{self.pk} in {self.poll_id}"
