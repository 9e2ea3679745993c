from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.models import Page

from community.access import may_see

from .machine_cards import MACHINE_CARDS_HOOK, MakeCard, page_card
from .models import SitePage


@hooks.register("before_serve_page", order=-1000)
def only_its_audience(page: Page, request: HttpRequest, args: list, kwargs: dict) -> None:
    """Answer 404 to everyone outside the page's audience, for any method, and to everyone if it has no audience."""
    if not (isinstance(page, SitePage) and may_see(request.user, page.audience)):
        raise Http404


@hooks.register(MACHINE_CARDS_HOOK)
def machine_cards() -> dict[type, MakeCard]:
    return {SitePage: page_card}
