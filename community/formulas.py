"""Defuse spreadsheet formulas in exported cells."""

from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

# Spreadsheets run a cell that begins with one of these as a formula; East Asian versions accept the full-width forms.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def defused(text: str) -> str:
    """Prefix text that looks like a formula with an apostrophe."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def in_cell(value: Any) -> Any:
    """Defuse text and strip the control characters that a workbook cannot hold; return other values unchanged."""
    return defused(ILLEGAL_CHARACTERS_RE.sub("", value)) if isinstance(value, str) else value
