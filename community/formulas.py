"""Cells that no spreadsheet runs."""

# A spreadsheet runs a cell that begins with one of these as a formula; those of East Asia also with a wide sign.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def defused(text: str) -> str:
    """What a cell may hold: text that looks like a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
