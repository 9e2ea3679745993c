"""Cells that no spreadsheet runs."""

from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

# A spreadsheet runs a cell that begins with one of these as a formula; those of East Asia also with a wide sign.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def defused(text: str) -> str:
    """What a cell may hold: text that looks like a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def in_cell(value: Any) -> Any:
    """The same for any value, without control characters that somebody pasted: a workbook holds none."""
    return defused(ILLEGAL_CHARACTERS_RE.sub("", value)) if isinstance(value, str) else value
