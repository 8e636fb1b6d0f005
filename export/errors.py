"""What can go wrong while exporting."""


class ExportError(Exception):
    """Nothing was replaced; the message says which file, what is wrong and what to do."""


class ExportStopped(Exception):
    """What dbt shows of an ExportError: the message alone, not the lines of Python that led to it."""

    __traceback__ = property(lambda self: None)


def one_line(error: BaseException) -> str:
    """Return what an error says, in one line; DuckDB writes some in several, and the cause behind what it led to."""
    return " ".join(str(error).split()).rpartition("Original error: ")[2].removesuffix(".")
