"""Benchmarks: how near a run comes to what the service allows."""
