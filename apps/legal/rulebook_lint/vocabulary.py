"""What rows of one city may speak of: subjects, themes, facts, categories. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from apps.common.text import Text
from apps.legal.subject_list import Subject


class Kind(StrEnum):
    """What a fact's value is."""

    NUMBER = "number"
    YES_NO = "yes_no"
    CODE = "code"


class Where(StrEnum):
    """Where a fact can be known."""

    PARCEL = "parcel"
    ZONE = "zone"  # only on a zone: the row must name a theme
    STOREYS = "storeys"  # only once the storeys have been found: not in set, reduce, raise, floor
    PROPOSAL = "proposal"  # only once there is a proposal


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact that rows may ask. `whole`: whole numbers only; `top`: the greatest value there can be."""

    name: str
    kind: Kind
    label: Text
    unit: str = ""
    where: Where = Where.PARCEL
    whole: bool = False
    top: Decimal | None = None


@dataclass(frozen=True, slots=True)
class KnownTheme:
    """A theme that rows may hang on. `partition`: one zone per place."""

    code: str
    partition: bool
    label: Text


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """By code or name. No categories: the city declares none, and any is taken."""

    subjects: Mapping[str, Subject]
    themes: Mapping[str, KnownTheme]
    facts: Mapping[str, KnownFact]
    categories: Mapping[str, Text]
