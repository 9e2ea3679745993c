"""Styles in mails: many mail programs read only those on the elements themselves."""

from css_inline import CSSInliner

inliner = CSSInliner(keep_style_tags=True, keep_at_rules=True, load_remote_stylesheets=False)


def with_styles_inline(html: str) -> str:
    """Copy the rules of the mail's own style element onto its elements."""
    return inliner.inline(html)
