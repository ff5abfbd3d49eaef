"""A PDF's pages, whether it is locked, and what it would do when opened. Runs alone (see `looking`)."""

import re
from collections.abc import Iterator
from typing import IO, Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

MOST_OBJECTS = 400_000
# Actions that start something or send something; going to a page or opening an address after a question is neither.
_ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/Rendition",
    "/RichMediaExecute",
    "/GoToE",
    "/Movie",
}
_KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"}
_TYPES = {"/EmbeddedFile", "/RichMedia"}
# What a lenient viewer would find in objects that the table of contents leaves out; letters may be written as #xx.
_RAW = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)(?=[\s/(<\[])")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_FAULTS = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError, OSError)


def look_pdf(file: IO[bytes]) -> dict[str, Any]:
    """{pages, locked, active} or {fault}."""
    try:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted:
            return {"locked": True}
        pages = len(reader.pages)
        active = set(_in_objects(reader)) | set(_in_bytes(file))
    except _FAULTS:
        return {"fault": "unreadable"}
    return {"pages": pages, "active": sorted(active)} if pages else {"fault": "unreadable"}


def _in_objects(reader: PdfReader) -> Iterator[str]:
    """What the objects of the file's tables say, those inside compressed objects as well."""
    known = {(number, generation) for generation, table in reader.xref.items() for number in table}
    known |= {(number, 0) for number in reader.xref_objStm}
    if len(known) > MOST_OBJECTS:
        raise MemoryError
    yield from _in_value(reader.trailer)
    for number, generation in sorted(known):
        yield from _in_value(reader.get_object(IndirectObject(number, generation, reader)))


def _in_value(value: Any) -> Iterator[str]:
    """What one object says, with the values inside it but not those it only points at."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, DictionaryObject):
            yield from _in_dictionary(item)
            waiting += [item.raw_get(key) for key in item]
        elif isinstance(item, ArrayObject):
            waiting += list(list.__iter__(item))


def _in_dictionary(item: DictionaryObject) -> Iterator[str]:
    yield from (key[1:] for key in _KEYS & item.keys())
    named = {str(item.raw_get(key)) for key in ("/S", "/Type", "/Subtype") if key in item}
    yield from (name[1:] for name in named & (_ACTIONS | _TYPES))
    if isinstance(item, StreamObject) and "/F" in item:
        yield "F"  # a stream whose bytes lie in another file


def _in_bytes(file: IO[bytes]) -> Iterator[str]:
    file.seek(0)
    body = _HEX.sub(lambda found: bytes([int(found[1], 16)]), file.read())
    yield from (found.decode() for found in set(_RAW.findall(body)))
