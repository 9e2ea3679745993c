from notifications.models import Message


def message_for(person, *, about=None, key="k", kind="practices/practice_published", **fields) -> Message:
    """Create a message as `notify` writes it."""
    known = {"about_model": about._meta.label_lower, "about_id": about.pk} if about else {}
    text = {"subject": f"subject {key}", "html": "<p>text</p>", "url": f"/en/{key}/"}
    return Message.objects.create(
        recipient=person, address=person.email, kind=kind, key=key, **{**text, **known, **fields}
    )
