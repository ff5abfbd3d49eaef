"""Shapes of the files of a case."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from apps.api.schemas import TextOut


class VersionOut(Schema):
    """A version. `scan`: unscanned = no scanner is set up; failed = it did not answer. `opens`: it is handed out."""

    number: int
    name: str
    size: int
    media_type: str
    family: Literal["pdf", "image", "drawing", "model"]
    pages: int | None
    sha256: str
    scan: Literal["clean", "infected", "unscanned", "failed"]
    capacity: str
    at: datetime
    opens: bool
    url: str


class DocumentOut(Schema):
    """A document, its newest version first. `code`: of the service's list, "" = nobody asked for it."""

    id: int
    code: str
    title: TextOut
    side: Literal["owner", "office"]
    versions: list[VersionOut]


class WantedOut(Schema):
    """A document that is asked for and was not sent yet."""

    code: str
    name: TextOut
    guide: TextOut
    required: bool
    families: list[str]


class DocumentsOut(Schema):
    """The documents of a case."""

    documents: list[DocumentOut]
    missing: list[WantedOut]
    may_add: bool


class SentOut(Schema):
    """The version that the file is kept as; the same content twice gives the same one."""

    document: int
    number: int
    sha256: str
    media_type: str
    scan: Literal["clean", "infected", "unscanned", "failed"]
    url: str


class FileIn(Schema):
    """What the file is: a document asked for (`code`), a new version of `document`, or something else (`title`)."""

    code: Annotated[str, Field(max_length=40, pattern=r"^[-a-zA-Z0-9_]*$")] = ""
    title: Annotated[str, Field(max_length=160, pattern=r"^[^\x00]*$")] = ""
    document: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None
    sha256: Annotated[
        str, Field(pattern=r"^([0-9a-fA-F]{64})?$", description="Of the file: told apart when damaged")
    ] = ""
