"""Tests of the command `eventhub`."""
