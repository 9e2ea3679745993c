"""The moderators' room: what waits for them, reports, hiding and restoring, people and figures.

It names no other room's content. Rooms register what waits (`waiting.py`) and what can be reported and hidden
(`reportable.py`).
"""
