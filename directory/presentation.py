"""Template context of a school's page, for visitors and for a lead's preview."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from community.access import leads, may_see_colleagues
from community.models import Label, LabelState, School, Standing
from community.school_pages import crumbs_to
from community.sections import school_sections
from content.models import Rendition

from .models import Kind, Profile, ProfileItem, Status
from .sizes import COVER, LOGO, PICTURE

# Timeline states of a label.
DRAWN_AS = {
    LabelState.TO_COME: "todo",
    LabelState.RUNNING: "current",
    LabelState.ENDED: "done",
    LabelState.WITHDRAWN: "bad",
}


@dataclass(frozen=True)
class Picture:
    """A picture at the size it is shown."""

    rendition: Rendition
    alt: str
    waits: bool


@dataclass
class Showcase:
    """The logo, the cover picture and the others."""

    logo: Picture | None = None
    cover: Picture | None = None
    pictures: list[Picture] = field(default_factory=list)


def showcase(items: list[ProfileItem]) -> Showcase:
    """Sort items into slots: the first picture is the cover; a waiting logo takes precedence over the current one."""
    found = Showcase()
    for item in sorted(items, key=lambda item: item.is_waiting):
        if item.kind == Kind.LOGO:
            found.logo = _picture(item, LOGO)
        elif item.kind == Kind.PICTURE and found.cover is None:
            found.cover = _picture(item, COVER)
        elif item.kind == Kind.PICTURE:
            found.pictures.append(_picture(item, PICTURE))
    return found


def _picture(item: ProfileItem, size: str) -> Picture:
    return Picture(item.rendition(size), item.alt, item.status == Status.WAITING)


def page_context(request: HttpRequest, school: School, profile: Profile, items: list[ProfileItem]) -> dict:
    """Return the page's context; `items` are already filtered for the viewer."""
    labels = list(school.labels.all())
    return {
        "school": school,
        "profile": profile,
        "shown": showcase(items),
        "pillars": profile.get_pillars_pairs(),
        "holds_label": school.standing == Standing.LABELLED,
        "label_until": next((label.ends_on for label in labels if label.state_on() == LabelState.RUNNING), None),
        "standing": school.standing,
        "standing_label": Standing(school.standing).label,
        "crumbs": crumbs_to(school),
        "label_periods": [_period(label) for label in labels],
        "sections": school_sections(request, school),
        "website_name": urlsplit(school.website).netloc.removeprefix("www."),
        "may_edit": leads(request.user, school),
        "may_see_colleagues": may_see_colleagues(request.user, school),
    }


def _period(label: Label) -> dict[str, str]:
    state, text = label.state_on(), ""
    if state == LabelState.WITHDRAWN:
        text = _("Withdrawn on %(date)s") % {"date": date_format(label.revoked_on)}
    return {
        "title": label.edition,
        "when": f"{date_format(label.starts_on)} – {date_format(label.ends_on)}",
        "state": DRAWN_AS[state],
        "text": text,
    }
