"""Compresses the messages: what was written once takes more room than what was said before."""

import zlib
from typing import Any

MOST_MESSAGES = 20_000
BEST = 9


def model(dbt: Any, session: Any) -> Any:
    messages = dbt.ref("int_messages").project("ticket_number, turn, content")
    rows = messages.order("ticket_number, turn").limit(MOST_MESSAGES).fetchall()
    text = "\n".join(content for *_, content in rows)
    row = {"message_count": len(rows), "character_count": len(text)}
    row["compressed_bytes"] = len(zlib.compress(text.encode(), BEST))
    columns = ", ".join(f"{name} bigint" for name in row)
    return session.sql(f"select unnest($row::struct({columns}))", params={"row": row})
