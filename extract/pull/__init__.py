"""The run: what was requested, what is missing, and the calls that bring it."""
