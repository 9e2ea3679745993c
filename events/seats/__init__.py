"""Seats, the waiting list and offers."""
