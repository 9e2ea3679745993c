class CommunityError(Exception):
    """The community refused an action; the message is a sentence for the user."""
