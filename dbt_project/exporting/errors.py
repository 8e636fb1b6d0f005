"""What can go wrong while exporting."""


class ExportError(Exception):
    """Nothing was replaced; the message says which file, what is wrong and what to do."""


class ExportStopped(Exception):
    """What dbt shows of an ExportError: the message alone, not the lines of Python that led to it."""

    __traceback__ = property(lambda self: None)
