"""dbt's log, below the data directory: dbt itself would write it into the checkout, which may be read-only."""

from __future__ import annotations

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
            output_file_name=str(folder / "dbt.log"),
            output_file_max_bytes=flags.LOG_FILE_MAX_BYTES,
        )
    )
