"""The pages from which people run an event, the list of who registered, and figures of events."""
