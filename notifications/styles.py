"""Inline styles for emails, because many email clients ignore style elements."""

from css_inline import CSSInliner

inliner = CSSInliner(keep_style_tags=True, keep_at_rules=True, load_remote_stylesheets=False)


def with_styles_inline(html: str) -> str:
    """Copy the rules of the email's style element onto its elements."""
    return inliner.inline(html)
