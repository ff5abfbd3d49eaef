"""Tables of city.toml, read one by one; a key that is missing is told with the name of its table."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

_Read = TypeVar("_Read")
Reader = Callable[[str, Mapping[str, Any]], _Read]


def each(raw: Mapping[str, Any], name: str, read: Reader[_Read]) -> tuple[_Read, ...]:
    """Every `[name.<key>]` by `read(key, body)`, in file order. Raises KeyError naming table and key."""
    return tuple(_named(f"{name}.{key}", read, key, body) for key, body in raw.get(name, {}).items())


def each_of(raw: Mapping[str, Any], name: str, read: Reader[_Read]) -> tuple[_Read, ...]:
    """Every `[[name]]` by `read(number, body)`, counted from one. Raises KeyError naming table and key."""
    return tuple(_named(f"{name} {n}", read, str(n), body) for n, body in enumerate(raw.get(name, ()), start=1))


def _named(table: str, read: Reader[_Read], key: str, body: Mapping[str, Any]) -> _Read:
    try:
        return read(key, body)
    except KeyError as error:
        raise KeyError(f"[{table}] {error.args[0]}") from error
