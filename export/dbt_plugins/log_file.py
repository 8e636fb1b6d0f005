"""dbt's log, below the data directory: dbt itself would write it into the checkout, which may be read-only."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from dbt.flags import get_flags
from dbt_common.events.base_types import EventLevel
from dbt_common.events.event_manager_client import add_logger_to_manager
from dbt_common.events.functions import env_scrubber
from dbt_common.events.logger import LineFormat, LoggerConfig

# Kept in the repository, so that dbt need not make it: dbt makes its folder of logs before it reads a project.
DEFAULT = "logs"
# As many lines as all others together, and of use to nobody who does not work on dbt.
LEFT_OUT = {"CacheAction", "CacheDumpGraph"}


def write_log(folder: Path) -> None:
    """Log what dbt says from now on to dbt.log in a folder, or in the one that --log-path or DBT_LOG_PATH names.

    Nothing happens where --log-level-file is given, since dbt then logs by itself.
    """
    flags = get_flags()
    if flags.LOG_LEVEL_FILE != "none":
        return
    stated = Path(flags.LOG_PATH)
    if stated.absolute() != Path(flags.PROJECT_DIR, DEFAULT).absolute():
        folder = stated
    folder.mkdir(parents=True, exist_ok=True)
    add_logger_to_manager(
        LoggerConfig(
            name="file_log",
            line_format=LineFormat.DebugText,
            use_colors=False,
            level=EventLevel.DEBUG,
            filter=lambda message: message.info.name not in LEFT_OUT,
            scrubber=env_scrubber,
            logger=_open_log(folder / "dbt.log", flags.LOG_FILE_MAX_BYTES),
        )
    )


class _LogFile(logging.FileHandler):
    """Takes details as they come, and writes them with the next line that tells of progress.

    dbt's threads take turns, and each line that is written is another turn: some thousand lines a build.
    """

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self.stream.write(f"{self.format(record)}\n")
            if record.levelno > logging.DEBUG:
                self.stream.flush()
        except Exception:
            self.handleError(record)


def _open_log(path: Path, max_bytes: int) -> logging.Logger:
    """Begin a new file where the last one is full; dbt itself would look before each line."""
    if path.is_file() and path.stat().st_size >= max_bytes > 0:
        full = RotatingFileHandler(path, backupCount=5, delay=True)
        full.doRollover()
        full.close()
    handler = _LogFile(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(message)s"))
    log = logging.getLogger("file_log")
    for earlier in log.handlers[:]:  # an earlier command's, in the same process
        log.removeHandler(earlier)
        earlier.close()
    log.setLevel(logging.DEBUG)
    log.propagate = False
    log.addHandler(handler)
    return log
