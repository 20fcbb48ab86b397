"""The numbers of a model in a safetensors file, mapped into memory, not read.

A file begins with the length of its head, then the head: JSON that says where each array lies.
https://github.com/huggingface/safetensors#format
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from fonds.enrich.errors import ModelUnreadable

Floats = npt.NDArray[np.float32]
_MOST_HEAD = 16 * 1024 * 1024  # bytes
_HEAD = struct.Struct("<Q")


class _Array(msgspec.Struct, frozen=True):
    dtype: str
    shape: tuple[int, ...]
    data_offsets: tuple[int, int]


def read_weights(path: Path) -> Mapping[str, Floats]:
    """Return the arrays of 32-bit numbers in a file by their names; raises ModelUnreadable."""
    try:
        with path.open("rb") as file:
            (length,) = _HEAD.unpack(file.read(_HEAD.size))
            if length > _MOST_HEAD:
                raise ModelUnreadable(path=path, reason="its head is too long")
            head = msgspec.json.decode(file.read(length), type=dict[str, msgspec.Raw])
        begin = _HEAD.size + length
        mapped = np.memmap(path, np.uint8, "r", offset=begin)
        found = {}
        for name, said in head.items():
            if name != "__metadata__":
                one = msgspec.json.decode(said, type=_Array)
                if one.dtype == "F32":
                    first, last = one.data_offsets
                    found[name] = mapped[first:last].view(np.float32).reshape(one.shape)
    except OSError as error:
        raise ModelUnreadable(path=path, reason=error.strerror or error) from error
    except (struct.error, ValueError, msgspec.MsgspecError, TypeError) as error:
        raise ModelUnreadable(path=path, reason="it is no safetensors file") from error
    return found
