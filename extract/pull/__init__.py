"""The run: what was asked for, what is missing, and the calls that bring it."""
