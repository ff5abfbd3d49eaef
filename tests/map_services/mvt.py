"""A small reader of Mapbox Vector Tiles (protobuf wire format): layers, attributes, ids, rings in tile units."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

Ring = list[tuple[int, int]]


@dataclass(frozen=True)
class Shape:
    """One feature: attributes and rings (x right, y down, 0..extent)."""

    id: int
    tags: dict[str, object]
    rings: list[Ring]

    @property
    def area(self) -> float:
        """In square tile units; holes count negative."""
        return sum(_signed(ring) for ring in self.rings)

    @property
    def box(self) -> tuple[int, int, int, int]:
        xs = [x for ring in self.rings for x, _ in ring]
        ys = [y for ring in self.rings for _, y in ring]
        return min(xs), min(ys), max(xs), max(ys)


def read(raw: bytes) -> dict[str, list[Shape]]:
    """Layer name → its features."""
    return dict(_layer(value) for number, value in _fields(raw) if number == 3 and isinstance(value, bytes))


def _layer(raw: bytes) -> tuple[str, list[Shape]]:
    name, keys, values, features = "", [], [], []
    for number, value in _fields(raw):
        if number == 1:
            name = value.decode()
        elif number == 2:
            features.append(value)
        elif number == 3:
            keys.append(value.decode())
        elif number == 4:
            values.append(_value(value))
    return name, [_feature(feature, keys, values) for feature in features]


def _feature(raw: bytes, keys: list[str], values: list[object]) -> Shape:
    found = dict(_fields(raw))
    tags = list(_varints(found.get(2, b"")))
    pairs = zip(tags[::2], tags[1::2], strict=True)
    return Shape(found.get(1, 0), {keys[k]: values[v] for k, v in pairs}, _rings(list(_varints(found[4]))))


def _rings(words: list[int]) -> list[Ring]:
    rings: list[Ring] = []
    at, x, y = 0, 0, 0
    while at < len(words):
        command, count = words[at] & 7, words[at] >> 3
        at += 1
        if command == 1:
            rings.append([])
        for _ in range(count if command in {1, 2} else 0):
            x, y = x + _zigzag(words[at]), y + _zigzag(words[at + 1])
            at += 2
            rings[-1].append((x, y))
    return rings


def _value(raw: bytes) -> object:
    ((number, value),) = _fields(raw)
    match number:
        case 1:
            return value.decode()
        case 3:
            return struct.unpack("<d", value)[0]
        case 6:
            return _zigzag(value)
        case 7:
            return bool(value)
    return value


def _fields(raw: bytes) -> Iterator[tuple[int, object]]:
    at = 0
    while at < len(raw):
        tag, at = _varint(raw, at)
        match tag & 7:
            case 0:
                value, at = _varint(raw, at)
                yield tag >> 3, value
            case 1:
                yield tag >> 3, raw[at : at + 8]
                at += 8
            case 2:
                size, at = _varint(raw, at)
                yield tag >> 3, raw[at : at + size]
                at += size
            case 5:
                yield tag >> 3, raw[at : at + 4]
                at += 4


def _varints(raw: bytes) -> Iterator[int]:
    at = 0
    while at < len(raw):
        value, at = _varint(raw, at)
        yield value


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = raw[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def _zigzag(value: int) -> int:
    return (value >> 1) ^ -(value & 1)


def _signed(ring: Ring) -> float:
    shifted = [*ring[1:], ring[0]]
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, shifted, strict=True)) / 2
