"""Events proposed by members and decided by moderators."""
