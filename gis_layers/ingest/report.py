"""What an intake did, for people and for the caller."""

from dataclasses import dataclass, field

from apps.common.text import Text


@dataclass(frozen=True, slots=True)
class Kept:
    """A row that was kept out. `placed`: its footprint was taken out of the coverage."""

    row: int
    reason: str
    text: Text
    placed: bool


@dataclass(frozen=True, slots=True)
class IntakeReport:
    """One intake. `coverage_m2`: where the edition speaks; `beyond`: rows that reach out of its coverage."""

    instrument: str
    theme: str
    file: str
    layer: str
    crs: str
    features: int
    quarantined: tuple[Kept, ...]
    unplaced: int
    coverage_m2: float
    mended: dict[str, int] = field(default_factory=dict)
    beyond: tuple[int, ...] = ()
    already: bool = False
    dry_run: bool = False
    edition_id: int | None = None

    def lines(self, *, english: bool = True, at_most: int = 20) -> list[str]:
        """The report as lines of plain text, the first rows kept out in full."""
        if self.already:
            return [f"{self.instrument}: already taken in ({self.features} features). Nothing was changed."]
        kept = [f"  row {k.row}: {k.reason}: {k.text.en if english else k.text.fa}" for k in self.quarantined[:at_most]]
        more = len(self.quarantined) - at_most
        mended = ", ".join(f"{what} {count}" for what, count in sorted(self.mended.items())) or "nothing"
        return [
            f"{self.instrument} ({self.theme}) from {self.file}, layer {self.layer}, {self.crs}",
            f"  {self.features} features, {len(self.quarantined)} quarantined ({self.unplaced} without a place)",
            f"  mended: {mended}; speaks over {self.coverage_m2:,.0f} m²",
            *kept,
            *([f"  … and {more} more"] if more > 0 else []),
            *(
                [f"  reach beyond the coverage: rows {', '.join(map(str, self.beyond[:at_most]))}"]
                if self.beyond
                else []
            ),
            *(["  dry run: nothing was written"] if self.dry_run else []),
        ]
