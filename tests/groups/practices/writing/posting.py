"""Form data of the practice editor."""

import uuid

NEW = "/en/practices/new/"


def as_(client, user):
    client.logout()
    if user:
        client.force_login(user)
    return client


def posted(**changes) -> dict:
    """Return the form data of a new practice."""
    return {
        "token": str(uuid.uuid4()),
        "writer": "1",
        "step": "all",
        "title": "Rivers",
        "summary": "Pupils measure.",
        "language": "en",
        "pillars": ["agency"],
        "levels": ["isced2"],
        "context": "<p>By the river.</p>",
        "steps": "<p>Measure.</p>",
        "results": "<p>Cleaner.</p>",
        "evidence_strength": "survey",
        "licence": "CC-BY-4.0",
        "images-TOTAL_FORMS": "0",
        "images-INITIAL_FORMS": "0",
        "attachments-TOTAL_FORMS": "0",
        "attachments-INITIAL_FORMS": "0",
        "do": "save",
        **changes,
    }


def edited(practice, **changes) -> dict:
    return posted(token=str(practice.token), title=practice.title) | changes
