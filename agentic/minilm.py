"""all-MiniLM-L6-v2 on NumPy: the weights come as a package, and so small a model needs no framework of gigabytes.

It is imported where it is used alone: NumPy, SciPy and tokenizers come with the packages of `make embeddings` alone.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf
from tokenizers import Tokenizer

PACKAGE = "all_minilm_l6_v2"
HEADS, EPSILON = 12, 1e-12
# What the model was trained with; longer texts are cut.
MOST_TOKENS = 256
BATCH = 32

Floats = NDArray[np.float32]


def find_weights() -> Path | None:
    """Return the archive of the package, which is not imported: that would print; None where it is not installed."""
    spec = find_spec(PACKAGE)
    return Path(spec.origin).with_name("model.zip") if spec and spec.origin else None


class MiniLM:
    """Turns texts into vectors of length 1, whose products tell how alike they are."""

    def __init__(self, archive: Path) -> None:
        """Read weights and tokenizer."""
        with zipfile.ZipFile(archive) as files:
            self._weights = _read_safetensors(files.read("model.safetensors"))
            self._tokenizer = Tokenizer.from_str(files.read("tokenizer.json").decode())
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self._tokenizer.enable_padding()

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return a row for each text; those of like length go together, so that little is padded."""
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        vectors = np.zeros((len(texts), len(self._weights["embeddings.LayerNorm.bias"])), dtype=np.float32)
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            encoded = self._tokenizer.encode_batch([texts[place] for place in places])
            ids = np.array([one.ids for one in encoded])
            mask = np.array([one.attention_mask for one in encoded], dtype=np.float32)
            vectors[places] = self._encode(ids, mask)
        return vectors

    def _encode(self, ids: NDArray[Any], mask: Floats) -> Floats:
        weights = self._weights
        hidden = weights["embeddings.word_embeddings.weight"][ids]
        hidden = hidden + weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
        hidden = self._normalise(hidden + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        layers = len({name.split(".")[2] for name in weights if name.startswith("encoder.layer.")})
        for layer in (f"encoder.layer.{number}" for number in range(layers)):
            attended = self._attend(hidden, mask, f"{layer}.attention.self")
            attended = self._dense(attended, f"{layer}.attention.output.dense")
            hidden = self._normalise(hidden + attended, f"{layer}.attention.output.LayerNorm")
            inner = self._dense(hidden, f"{layer}.intermediate.dense")
            inner = inner * 0.5 * (1 + erf(inner / np.float32(np.sqrt(2))))
            hidden = self._normalise(hidden + self._dense(inner, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
        mean = (hidden * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True), dtype=np.float32)

    def _attend(self, hidden: Floats, mask: Floats, name: str) -> Floats:
        size, length, width = hidden.shape
        shape = (size, length, HEADS, width // HEADS)
        query, key, value = (
            self._dense(hidden, f"{name}.{part}").reshape(shape).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(width // HEADS))
        scores = scores + (mask[:, None, None, :] - 1) * np.float32(1e9)
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        return np.asarray((shares @ value).transpose(0, 2, 1, 3).reshape(size, length, width))

    def _dense(self, hidden: Floats, name: str) -> Floats:
        return np.asarray(hidden @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"])

    def _normalise(self, hidden: Floats, name: str) -> Floats:
        spread = hidden - hidden.mean(axis=-1, keepdims=True)
        scaled = spread / np.sqrt((spread * spread).mean(axis=-1, keepdims=True) + EPSILON)
        return np.asarray(scaled * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"])


def _read_safetensors(content: bytes) -> dict[str, Floats]:
    """Read the arrays of 32-bit floats; the format is a length, a header in JSON, and the bytes."""
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    arrays = {}
    for name, about in header.items():
        if name != "__metadata__" and about["dtype"] == "F32":
            first, last = about["data_offsets"]
            values = np.frombuffer(content[start + first : start + last], dtype="<f4")
            arrays[name.removeprefix("bert.")] = values.reshape(about["shape"])
    return arrays
