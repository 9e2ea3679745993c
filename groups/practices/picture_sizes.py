"""Rendition sizes for pictures, generated in advance by tasks.py."""

CARD = "fill-640x384|format-webp"
WIDE = "fill-1280x640|format-webp"
SHOWN = "max-1200x1000|format-webp"
# Thumbnail in the form.
CHOSEN = "max-360x240|format-webp"
# In the exported file.
EXPORTED = "max-900x900|format-jpeg"
SIZES = (CARD, WIDE, SHOWN, CHOSEN, EXPORTED)
