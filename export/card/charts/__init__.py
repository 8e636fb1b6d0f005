"""The figures of the card, one small function each: rows of a query in, a Figure out."""
