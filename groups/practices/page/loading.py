"""Load a practice's page in a fixed number of queries."""

from django.db.models import CharField, DateField, Exists, F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.http import Http404
from wagtail.images.models import Filter

from community.models import School
from content.models import Rendition, SiteDocument, SiteImage

from ..models import Follow, Practice, PracticeAttachment, PracticeImage
from ..picture_sizes import SHOWN, WIDE


def practice_for_reading(user, pk: int) -> Practice:
    """Return the practice with everything its page shows, in three queries; Http404 if the person may not see it.

    Annotates whether the person saved it (`is_saved`), follows its school (`follows_school`), and may see the school's
    page and the original (`school_is_visible`, `original_is_visible`).
    """
    schools = School.objects.visible_to(user).filter(pk=OuterRef("school"))
    originals = Practice.objects.visible_to(user).filter(pk=OuterRef("adapted_from"))
    follows = (
        Follow.objects.filter(user=user, school=OuterRef("school")) if user.is_authenticated else Follow.objects.none()
    )
    practice = (
        Practice.objects.visible_to(user)
        .with_review()
        .with_saved_by(user)
        .with_co_authors()
        .select_related("school", "author", "cover", "adapted_from__school")
        .annotate(
            school_is_visible=Exists(schools),
            original_is_visible=Exists(originals),
            follows_school=Exists(follows),
            **_rendition_of("cover", WIDE),
        )
        .filter(pk=pk)
        .first()
    )
    if practice is None:
        raise Http404
    if practice.cover and practice.rendition_file:
        _remember(practice.cover, WIDE, practice.rendition_file, practice.rendition_width, practice.rendition_height)
    _bring_files(practice)
    return practice


def _rendition_of(image: str, size: str) -> dict[str, Subquery]:
    """Return annotations with the file, width and height of a rendition; null if it hasn't been generated yet."""
    made = Rendition.objects.filter(image=OuterRef(image), filter_spec=size).order_by("-pk")
    return {f"rendition_{name}": Subquery(made.values(name)[:1]) for name in ("file", "width", "height")}


def _remember(image: SiteImage, size: str, file: str, width: int, height: int) -> None:
    """Prefill the image's prefetched renditions to save a query."""
    key = Filter(spec=size).get_cache_key(image)
    image.prefetched_renditions = [
        Rendition(image=image, filter_spec=size, focal_point_key=key, file=file, width=width, height=height)
    ]


def _bring_files(practice: Practice) -> None:
    """Load the practice's pictures and documents in one query."""
    images, attachments = [], []
    rows = _image_rows(practice).union(_attachment_rows(practice), all=True).order_by("kind", "sort_order", "pk")
    for row in rows:
        if row["kind"] == "image":
            images.append(_image_of(practice, row))
        else:
            document = SiteDocument(
                pk=row["file_id"], collection_id=0, file=row["shown_file"], file_size=row["shown_width"]
            )
            attachments.append(
                PracticeAttachment(pk=row["pk"], practice=practice, title=row["words"], document=document)
            )
    # Assigning the children of a ClusterableModel keeps them in memory without saving.
    practice.images = images
    practice.attachments = attachments


def _image_of(practice: Practice, row: dict) -> PracticeImage:
    names = ("pk", "sort_order", "shows_pupils", "consent_holder", "consent_until")
    shown = PracticeImage(practice=practice, image_id=row["file_id"], alt=row["words"], **{n: row[n] for n in names})
    # If there is no rendition yet, rendering loads the image and generates it.
    if row["shown_file"]:
        # An explicit collection saves the query for the default.
        shown.image = SiteImage(pk=row["file_id"], collection_id=0)
        _remember(shown.image, SHOWN, row["shown_file"], row["shown_width"], row["shown_height"])
    return shown


COLUMNS = (
    *("kind", "pk", "sort_order", "words", "file_id", "shows_pupils", "consent_holder", "consent_until"),
    *("shown_file", "shown_width", "shown_height"),
)


def _image_rows(practice: Practice) -> QuerySet:
    made = Rendition.objects.filter(image=OuterRef("image"), filter_spec=SHOWN).order_by("-pk")
    return (
        PracticeImage.objects.filter(practice=practice.pk)
        .order_by()
        .annotate(
            kind=Value("image"),
            words=Cast("alt", CharField(max_length=250)),
            file_id=F("image_id"),
            shown_file=Cast(Subquery(made.values("file")[:1]), CharField()),
            shown_width=Subquery(made.values("width")[:1]),
            shown_height=Subquery(made.values("height")[:1]),
        )
        .values(*COLUMNS)
    )


def _attachment_rows(practice: Practice) -> QuerySet:
    return (
        PracticeAttachment.objects.filter(practice=practice.pk)
        .order_by()
        .annotate(
            kind=Value("paper"),
            words=F("title"),
            file_id=F("document_id"),
            shows_pupils=Value(False),
            consent_holder=Value(""),
            consent_until=Value(None, output_field=DateField()),
            shown_file=Cast("document__file", CharField()),
            shown_width=F("document__file_size"),
            shown_height=Value(None, output_field=IntegerField()),
        )
        .values(*COLUMNS)
    )
