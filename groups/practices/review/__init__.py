"""Reviewing practices: sign-off by the school, review by two reviewers, the decision, and appeals."""
