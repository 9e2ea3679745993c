class EventsError(Exception):
    """A verb of this app refused. The message is written for the person who asked."""


from community.errors import RoomError
