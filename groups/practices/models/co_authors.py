from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CoAuthorQuerySet(models.QuerySet):
    def accepted(self) -> "CoAuthorQuerySet":
        """Return current co-authors, who can edit and are credited."""
        return self.filter(standing=CoAuthor.Standing.ACCEPTED)

    def open(self) -> "CoAuthorQuerySet":
        """Return pending invitations and current co-authors, as listed for the author."""
        return self.filter(standing__in=CoAuthor.OPEN)

    def waiting_for(self, user) -> "CoAuthorQuerySet":
        """Return the invitations that the person has not answered."""
        return self.filter(person=user, standing=CoAuthor.Standing.INVITED).order_by("-pk")

    def visible_to(self, user) -> "CoAuthorQuerySet":
        """Return the person's pending invitations and current co-authorships; notifications check it."""
        return self.open().filter(person=user)

    def named(self) -> "CoAuthorQuerySet":
        """Return accepted co-authors in the order they accepted, with person and school."""
        return self.accepted().select_related("person", "school").order_by("answered_at", "pk")


class CoAuthor(models.Model):
    """An invitation to co-author, and the co-authorship if it is accepted, for one of the invitee's schools.

    An unknown email address gets a row too. The author cannot tell the difference, so an invitation does not reveal
    who has an account.
    """

    class Standing(models.TextChoices):
        INVITED = "invited", _("invited")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        LEFT = "left", _("left")
        REMOVED = "removed", _("removed")

    OPEN = (Standing.INVITED, Standing.ACCEPTED)

    practice = models.ForeignKey("practices.Practice", models.CASCADE, related_name="co_authors")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="co_authorships", verbose_name=_("person")
    )
    # As typed by the author; empty if the person was chosen by name.
    email = models.EmailField(_("email"), blank=True)
    # Chosen on accepting; kept for the credit.
    school = models.ForeignKey(
        "community.School", models.PROTECT, null=True, related_name="co_authorships", verbose_name=_("school")
    )
    standing = models.CharField(_("status"), max_length=10, choices=Standing, default=Standing.INVITED)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField(_("invited"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = CoAuthorQuerySet.as_manager()

    class Meta:
        verbose_name = _("co-author")
        verbose_name_plural = _("co-authors")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "person"],
                condition=Q(standing__in=["invited", "accepted"]),
                name="co_author_asked_once",
            ),
            models.UniqueConstraint(
                F("practice"),
                Lower("email"),
                condition=Q(standing="invited") & ~Q(email=""),
                name="co_author_address_asked_once",
            ),
            models.CheckConstraint(
                condition=~Q(standing="accepted")
                | Q(person__isnull=False, school__isnull=False, answered_at__isnull=False),
                name="co_author_accepts_for_a_school",
            ),
        ]

    def __str__(self) -> str:
        return self.email or str(self.person)
