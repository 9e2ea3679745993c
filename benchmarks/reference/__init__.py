"""The reference: bare Django on the same database, with only what each view needs."""
