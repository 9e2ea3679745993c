"""The demonstration's parts of the site's pages."""

from wagtail import hooks

from community.sign_in.panels import SIGN_IN_PANELS_HOOK
from home.frame.banners import BANNERS_HOOK

from .panels import demo_banner, persona_panel

hooks.register(BANNERS_HOOK, demo_banner)
hooks.register(SIGN_IN_PANELS_HOOK, persona_panel)
