"""The numbers in a model file: the tensors of an ONNX graph by name, as arrays that stay in the file."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

# Field numbers of onnx.proto3 (ModelProto, GraphProto, TensorProto), and its kinds of numbers that the model holds.
GRAPH: Final = 7
INITIALIZER: Final = 5
DIMS, KIND, NAME, RAW = 1, 2, 8, 9
KINDS: Final[dict[int, np.dtype[Any]]] = {1: np.dtype("<f4"), 3: np.dtype("i1")}

VARINT, EIGHT, BYTES, FOUR = 0, 1, 2, 5
"""How protocol buffers write a value down."""


def tensors(file: Path) -> dict[str, NDArray[Any]]:
    """Return every tensor of numbers by name; only what is read of them comes into memory.

    For a file whose checksum is known: raises ``ValueError`` or ``IndexError`` for anything else than a model.
    """
    with file.open("rb") as opened:
        held = memoryview(mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ))
    graph = next(value for number, value in _fields(held) if number == GRAPH)
    return dict(_tensor(value) for number, value in _fields(graph) if number == INITIALIZER)


def _tensor(held: memoryview) -> tuple[str, NDArray[Any]]:
    name, kind, raw = "", 0, memoryview(b"")
    shape: list[int] = []
    for number, value in _fields(held):
        if number == DIMS:
            shape += [value] if isinstance(value, int) else _numbers(value)
        elif number == KIND:
            kind = value
        elif number == NAME:
            name = bytes(value).decode()
        elif number == RAW:
            raw = value
    if kind not in KINDS:  # lengths and flags of the graph, which nothing here follows
        return name, np.zeros(0)
    return name, np.frombuffer(raw, KINDS[kind]).reshape(shape)


def _fields(held: memoryview) -> Iterator[tuple[int, Any]]:
    """Yield the fields of one message: a number, and a whole number or what lies inside."""
    at = 0
    while at < len(held):
        key, at = _number(held, at)
        kind = key & 7
        if kind == VARINT:
            value, at = _number(held, at)
            yield key >> 3, value
            continue
        if kind == BYTES:
            length, at = _number(held, at)
        elif kind in {FOUR, EIGHT}:
            length = 4 if kind == FOUR else 8
        else:
            raise ValueError("not a protocol buffer")
        yield key >> 3, held[at : at + length]
        at += length


def _numbers(held: memoryview) -> list[int]:
    found, at = [], 0
    while at < len(held):
        value, at = _number(held, at)
        found.append(value)
    return found


def _number(held: memoryview, at: int) -> tuple[int, int]:
    """Return the whole number that begins at a place (seven bits a byte, lowest first), and the place behind it."""
    value = shift = 0
    while True:
        byte = held[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:  # noqa: PLR2004 - the top bit says that more bytes follow
            return value, at
