"""Sizes of school pictures, rendered in advance by tasks.py."""

LOGO = "max-240x240|format-webp"
PICTURE = "fill-960x640|format-webp"
COVER = "fill-1280x560|format-webp"
SIZES = (LOGO, PICTURE, COVER)
