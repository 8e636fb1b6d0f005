"""One file a format: what is written, from which rows, and how it is checked."""
