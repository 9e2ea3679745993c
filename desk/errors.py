class DeskError(Exception):
    """A verb of this room refused; the message is a sentence for the person who asked."""
