"""What a case type asks for: fields of its form and documents. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from apps.common.text import NOTHING, Text


class FieldKind(StrEnum):
    """What a field holds; `apps.cases.forms` checks each kind."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    CHOICE = "choice"
    YES_NO = "yes_no"
    DAY = "day"
    MOBILE = "mobile"
    NATIONAL_ID = "national_id"


@dataclass(frozen=True, slots=True)
class Condition:
    """Only when the field `field` has one of these values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that may be chosen, and its name."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One question of the form. `minimum`, `maximum`: of numbers, or of the length of a text."""

    code: str
    label: Text
    kind: FieldKind
    required: bool = True
    help: Text = NOTHING
    choices: tuple[Choice, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class DocumentWanted:
    """A document that is asked for: what it is, how to get it (`guide`), what a good one looks like (`sample`).

    `families`: of files that may be sent (apps.cases.files): pdf, image, drawing, model.
    """

    code: str
    name: Text
    guide: Text = NOTHING
    sample: Text = NOTHING
    required: bool = True
    families: tuple[str, ...] = ("pdf", "image")
    when: Condition | None = None
