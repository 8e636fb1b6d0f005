"""From a reply's text to records: pure."""
