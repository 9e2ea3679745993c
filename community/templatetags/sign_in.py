"""The template tag for the sign-in page."""

from django import template
from django.template.context import RequestContext

from ..sign_in import panels

register = template.Library()


@register.simple_tag(takes_context=True)
def sign_in_panels(context: RequestContext) -> list[str]:
    """Return the panels that other rooms show beside the sign-in form, rendered."""
    return panels.sign_in_panels(context["request"])
