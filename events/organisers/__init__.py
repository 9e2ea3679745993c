"""The organisers' pages, the list of registrations, and event figures."""
