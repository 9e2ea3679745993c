from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.access import access_of

from .practices import Practice


class Kind(models.TextChoices):
    """The owner of a collection, which decides who can read and edit it."""

    OWN = "own", gettext_lazy("only mine")
    SCHOOL = "school", gettext_lazy("my school’s")
    CURATED = "curated", gettext_lazy("curated by moderators")


class CollectionQuerySet(models.QuerySet):
    def visible_to(self, user) -> "CollectionQuerySet":
        """Return the person's own collections, those of schools they read for and, for readers of members' content,
        curated ones."""
        if not user.is_authenticated:
            return self.none()
        access = access_of(user)
        seen = Q(kind=Kind.OWN, owner=user)
        seen |= Q(kind=Kind.SCHOOL, school__in=[b.school_id for b in access.belongings if b.reads])
        if access.reads_members_content:
            seen |= Q(kind=Kind.CURATED)
        return self.filter(seen)

    def changed_by(self, user) -> "CollectionQuerySet":
        """Return the collections the person may edit: their own, their schools' and, for moderators, curated ones."""
        if not user.is_authenticated:
            return self.none()
        access = access_of(user)
        changed = Q(kind=Kind.OWN, owner=user) | Q(kind=Kind.SCHOOL, school__in=access.contributing_school_ids)
        if access.is_moderator:
            changed |= Q(kind=Kind.CURATED)
        return self.filter(changed)

    def curated(self) -> "CollectionQuerySet":
        """Return the collections curated by moderators."""
        return self.filter(kind=Kind.CURATED)

    def with_number(self, user) -> "CollectionQuerySet":
        """Annotate `number`: the practices in it that the person may read."""
        seen = CollectionEntry.objects.visible_to(user).filter(collection=models.OuterRef("pk"))
        counted = seen.order_by().values("collection").annotate(number=models.Count("pk")).values("number")
        return self.annotate(number=models.functions.Coalesce(models.Subquery(counted), 0))


class Collection(models.Model):
    """A named set of practices."""

    kind = models.CharField(gettext_lazy("who can see it"), max_length=10, choices=Kind, default=Kind.OWN)
    # Creator; a school's or curated collection outlives their account.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    school = models.ForeignKey("community.School", models.CASCADE, null=True, related_name="+")
    title = models.CharField(gettext_lazy("name"), max_length=100)
    description = models.TextField(gettext_lazy("description"), max_length=600, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("collection")
        verbose_name_plural = gettext_lazy("collections")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=Kind.SCHOOL, school__isnull=False) | (~Q(kind=Kind.SCHOOL) & Q(school__isnull=True)),
                name="collection_of_a_school_has_one",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("collection", args=[self.pk])

    @property
    def whose(self) -> str:
        """The owner, as displayed."""
        if self.kind == Kind.SCHOOL:
            return self.school.name
        return _("Curated by moderators") if self.kind == Kind.CURATED else _("Only you can see it")


class CollectionEntryQuerySet(models.QuerySet):
    def visible_to(self, user) -> "CollectionEntryQuerySet":
        """Return entries whose practice is published and readable by the person."""
        practices = Practice.objects.visible_to(user).published()
        return self.filter(practice__in=practices)


class CollectionEntry(models.Model):
    """The position of a practice in a collection."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="entries")
    practice = models.ForeignKey("practices.Practice", models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()

    objects = CollectionEntryQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("collection entry")
        verbose_name_plural = gettext_lazy("collection entries")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["collection", "practice"], name="once_in_a_collection")]

    def __str__(self) -> str:
        return f"{self.practice_id} in {self.collection_id}"
