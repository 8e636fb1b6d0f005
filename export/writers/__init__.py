"""The formats of the export, each in a file of its own; what one has to say stands in base.py."""

from export.writers.base import Writer
from export.writers.card import CardWriter
from export.writers.chat import ChatWriter
from export.writers.datapackage import DatapackageWriter
from export.writers.datasette import DatasetteWriter
from export.writers.hub import HubWriter
from export.writers.jsonl import JsonlWriter
from export.writers.other_shapes import CultpassWriter, FlatWriter
from export.writers.parquet import ParquetWriter
from export.writers.retrieval import RetrievalWriter
from export.writers.sqlite import SqliteWriter
from export.writers.warehouse import WarehouseWriter

WRITERS: tuple[type[Writer], ...] = (
    SqliteWriter,
    DatasetteWriter,
    JsonlWriter,
    DatapackageWriter,
    ParquetWriter,
    RetrievalWriter,
    HubWriter,
    ChatWriter,
    FlatWriter,
    CultpassWriter,
    WarehouseWriter,
    CardWriter,
)
KINDS = tuple(dict.fromkeys(writer.kind.name for writer in WRITERS))
