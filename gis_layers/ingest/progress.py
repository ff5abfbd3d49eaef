"""How far an intake is, told between its steps; and the way to stop it there."""

from enum import StrEnum
from typing import Protocol


class Step(StrEnum):
    """The steps of an intake, in their order. Names for people are the faces' affair."""

    OPENING = "opening"
    READING = "reading"
    JUDGING = "judging"
    COMPARING = "comparing"
    COVERAGE = "coverage"
    STORING = "storing"
    GAPS = "gaps"
    REPORT = "report"


class IntakeCancelled(Exception):  # noqa: N818 - not an error: somebody asked for it
    """Raised out of `Progress.at` when the intake is to stop; the transaction around it takes everything back."""


class Progress(Protocol):
    """Told between steps and between the portions of a step."""

    def at(self, step: Step, share: float = 0.0) -> None:
        """`share` (0..1) of the step is done. Raises IntakeCancelled to stop the intake."""
        ...


class Silent:
    """Nobody listens, and nobody stops it."""

    def at(self, step: Step, share: float = 0.0) -> None:
        """See Progress."""


SILENT = Silent()
