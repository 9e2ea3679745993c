"""The sizes in which pictures are shown, made in advance by tasks.py."""

CARD = "fill-640x384|format-webp"
WIDE = "fill-1280x640|format-webp"
SHOWN = "max-1200x1000|format-webp"
# In the form, beside what is typed about it.
CHOSEN = "max-360x240|format-webp"
# In the file that an author downloads.
EXPORTED = "max-900x900|format-jpeg"
SIZES = (CARD, WIDE, SHOWN, CHOSEN, EXPORTED)
