from django import template
from django.utils.safestring import SafeString, mark_safe

from ..html import clean

register = template.Library()


@register.filter
def member_html(value: str) -> SafeString:
    """Render members' HTML, sanitised again because a row may be older than the allow-list."""
    return mark_safe(clean(value))  # noqa: S308 cleaned on this very line
