"""`python -m eventhub` is the command `eventhub`, in a checkout, too."""

from __future__ import annotations

import sys

from eventhub.command import main

if __name__ == "__main__":
    sys.exit(main())
