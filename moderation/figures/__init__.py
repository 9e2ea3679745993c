"""Throughput and waiting times of the queue, as a page and as a weekly message."""
