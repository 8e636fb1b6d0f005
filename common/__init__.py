"""What extract, export and agentic share: a lock, atomic writes, and what all pages have."""
