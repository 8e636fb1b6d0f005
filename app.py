"""The support desk: `python app.py exam`, `report`, `work` or `chat`; docs/agents.md shows each."""

from __future__ import annotations

import sys

from agentic.commands.parser import main
from extract.paths import require_data_dir
from extract.providers.prices import price_tokens

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], require_data_dir(), price_tokens))
