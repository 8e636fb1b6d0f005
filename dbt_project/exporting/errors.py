"""What can go wrong while exporting."""


class ExportError(Exception):
    """Nothing was replaced; the message says which file, what is wrong and what to do."""
