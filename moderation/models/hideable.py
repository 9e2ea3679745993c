from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.access import moderated_rows
from community.models import User


def shown_or_moderated(user: User | AnonymousUser) -> Q:
    """Match shown rows, and hidden ones from countries that the person moderates."""
    return Q(live=True) | moderated_rows(user)


class HideableQuerySet(models.QuerySet):
    """Base queryset of content that moderators can hide. Subclasses add who may read it where it is."""

    def shown(self) -> Self:
        """Return the rows that are on the site."""
        return self.filter(live=True)

    def shown_or_moderated_by(self, user: User | AnonymousUser) -> Self:
        """Return shown rows, and hidden ones from countries that the person moderates."""
        return self.filter(shown_or_moderated(user))


class Hideable(models.Model):
    """Content that moderators can hide with a reason. Subclasses have an `author` and a `school`, both may be null.

    Their managers have `visible_to(user)`, the rows a reader sees, and `open_to(user)`, which adds the hidden ones that
    the person moderates. The verbs are in hiding/hiding.py.
    """

    # The file gate expects this name on every model with files.
    live = models.BooleanField(_("shown"), default=True)
    # Set only by moderators, and empty if the content is off the site for another reason.
    hidden_reason = models.TextField(_("reason for hiding it"), blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(live=False) | Q(hidden_reason=""), name="shown_%(class)s_has_no_reason")
        ]

    @property
    def country(self) -> str:
        """The country whose moderators are responsible; empty for central moderators."""
        return self.school.country.code if self.school else ""

    @property
    def is_hidden_by_moderator(self) -> bool:
        return not self.live and bool(self.hidden_reason)
