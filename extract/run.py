"""Pull the raw content of EventHub: `python extract/run.py --help` says how."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

# So that `python extract/run.py` works without installing anything.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from extract.cli import main  # noqa: E402

if __name__ == "__main__":
    # What a run loads and lands stays until its end; looking for garbage in it again and again takes longer
    # than many a run.
    gc.set_threshold(100_000)
    # A worker whose reply has come would wait up to 5 ms for the thread that validates, several times a call.
    sys.setswitchinterval(0.001)
    code = main()
    gc.freeze()
    sys.exit(code)
