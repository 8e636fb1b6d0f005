"""dbt's log, below the data directory: dbt itself would write it into the checkout, which may be read-only."""

from __future__ import annotations

import logging
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path

from dbt.flags import get_flags
from dbt_common.events.base_types import EventLevel, EventMsg
from dbt_common.events.event_manager_client import add_logger_to_manager, get_event_manager
from dbt_common.events.logger import PRINT_EVENT_NAMES, LineFormat, LoggerConfig
from dbt_common.exceptions import env_secrets, scrub_secrets

# Kept in the repository, so that dbt need not make it: dbt makes its folder of logs before it reads a project.
DEFAULT = "logs"
# As many lines as all others together, and of use to nobody who does not work on dbt.
LEFT_OUT = {"CacheAction", "CacheDumpGraph"}
SEVERITY = (EventLevel.DEBUG, EventLevel.INFO, EventLevel.WARN, EventLevel.ERROR)


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
    # dbt's env_scrubber would look through the whole environment for each line; its secrets do not change.
    secrets = env_secrets()
    add_logger_to_manager(
        LoggerConfig(
            name="file_log",
            line_format=LineFormat.DebugText,
            use_colors=False,
            level=EventLevel.DEBUG,
            filter=lambda message: message.info.name not in LEFT_OUT,
            scrubber=lambda line: scrub_secrets(line, secrets),
            logger=_open_log(folder / "dbt.log", flags.LOG_FILE_MAX_BYTES),
        )
    )


def skip_unseen() -> None:
    """Make dbt write no line that nobody sees: some thousand details a build, for a screen that shows none of them."""
    for logger in get_event_manager().loggers:
        logger.filter = _only_seen(logger.level, logger.filter)


def _only_seen(level: EventLevel, is_wanted: Callable[[EventMsg], bool]) -> Callable[[EventMsg], bool]:
    seen = SEVERITY.index(level) if level in SEVERITY else 0
    unseen = {lower.value for lower in SEVERITY[:seen]} | ({EventLevel.TEST.value} if seen else set())

    def is_seen(message: EventMsg) -> bool:
        return (message.info.level not in unseen or message.info.name in PRINT_EVENT_NAMES) and is_wanted(message)

    return is_seen


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
