"""Decision tables drawn at random: every effect, condition and kind of value that the format knows, in odd company."""

from random import Random

PLAN_ZONES = {
    "land_use": ("RES", "MIX", "COM", "GREEN", "ROAD", ""),
    "height_code": ("H2", "H3", "H4", "H5", ""),
    "density": ("D120", "D180", "D240", ""),
    "worn_fabric": ("WORN", ""),
    "road_widening": ("WIDEN", ""),
}
HERITAGE_ZONES = {
    "heritage_buffer": ("BUFFER_1", "BUFFER_2", "LINE_ONLY", ""),
    "historic_fabric": ("FABRIC",),
    "starred_plot": ("STARRED", ""),
    "heritage_core": ("CORE", ""),
}
EDITIONS = {
    "land_use": ("lu-1393", "lpa-lu-1390|lpb-lu-1398", "not lpa-lu-1390"),
    "height_code": ("hc-1393", "lpb-hc-1398", "not lpa-hc-1390|lpb-hc-1398"),
    "density": ("dn-1393", "lpa-dn-1390", "not lpb-dn-1398"),
}
LIMITED = ("max_storeys", "max_storeys", "max_height", "max_coverage", "max_density", "min_plot", "front_setback")
CELLS = {
    "plot_m2": ("..150", "150..", "100..250", "250.."),
    "passage_m": ("..8", "8..", "6..12", "12.."),
    "corner": ("yes", "no"),
    "consolidated": ("1", "2..", "..2"),
    "worn_fabric": ("yes", "no"),
    "heritage": ("yes", "no"),
    "permit_kind": ("NEW", "NEW|DEMOLISH_REBUILD", "not NEW", "not REPAIR|EXTENSION"),
    "existing_storeys": ("..2", "2..", "1|2|3", "not 0|1"),
    "unit_m2": ("..150", "150.."),
    "use": ("RES", "not COM|OFF"),
}
HEADER = ("row", "article", "category", "subject", "effect", "value", "theme", "zone", "text_fa", "text_en")
SHARES = ("0.5..", "..0.98", "0.98..")
STOREYS = ("1..3", "2..", "3..5", "4..")
Cells = dict[str, str]


class Tables:
    """Rows for the two sources. The same seed draws the same tables."""

    def __init__(self, seed: int) -> None:
        self._draw, self._number = Random(seed), 0

    def plan(self, rows: int) -> list[Cells]:
        """A table of the plan, with the policies and the derived rows that it may have."""
        found = [self._limit(PLAN_ZONES) for _ in range(rows)]
        found += [self._row("max_height", "derive", self._value(), "height_code", "") for _ in range(3)]
        found += [self._duty(PLAN_ZONES, storeys=True) for _ in range(4)]
        found += [self._set_of_codes() for _ in range(3)] + [self._scheduled() for _ in range(4)]
        for row in found:
            if row["effect"] == "derive" or (row["effect"] in ("require", "duty") and row["theme"] == "height_code"):
                row["when:storeys"] = self._draw.choice(STOREYS)
        return found + self._policies()

    def heritage(self, rows: int) -> list[Cells]:
        """A table of heritage: caps, open questions, duties."""
        limits = [
            self._row(
                self._draw.choice(("max_storeys", "max_height", "max_coverage", "max_density", "min_plot")),
                *self._draw.choice([("cap", self._value()), ("cap", self._value()), ("undecided", "heritage")]),
                *self._place(HERITAGE_ZONES),
            )
            for _ in range(rows)
        ]
        return limits + [self._duty(HERITAGE_ZONES, storeys=False) for _ in range(5)]

    def _limit(self, zones: dict[str, tuple[str, ...]]) -> Cells:
        subject = self._draw.choice(LIMITED)
        effects = ["set", "set", "set", "set", "cap", "undecided"]
        effects += ["reduce", "reduce", "raise", "floor"] if subject.startswith("max") else []
        effect = self._draw.choice(effects)
        value = "planning" if effect == "undecided" else self._value(small=effect in ("reduce", "raise", "floor"))
        return self._row(subject, effect, value, *self._place(zones, whole=True))

    def _duty(self, zones: dict[str, tuple[str, ...]], *, storeys: bool) -> Cells:
        effect, value = self._draw.choice(
            [("require", "fire"), ("forbid", "NEW"), ("duty", "keep"), ("document", "drawing"), ("warn", "beware")]
        )
        return self._row(self._draw.choice(LIMITED), effect, value, *self._place(zones, whole=storeys))

    def _set_of_codes(self) -> Cells:
        codes = "|".join(self._draw.sample(("RES", "COM", "OFF", "EDU"), self._draw.randint(1, 3)))
        return self._row("permitted_use", "set", codes, *self._place({"land_use": PLAN_ZONES["land_use"]}))

    def _scheduled(self) -> Cells:
        effect, value = self._draw.choice(
            [("set", "2"), ("set", "=max(1, unit_m2/50)"), ("set", "=plot_m2/7"), ("set", "fact:consolidated"),
             ("raise", "0.75")]
        )  # fmt: skip
        return self._row("min_parking", effect, value, *self._place({"land_use": PLAN_ZONES["land_use"]}, whole=True))

    def _policies(self) -> list[Cells]:
        wanted = [("max_storeys", "height_code"), ("max_coverage", "land_use"), ("permitted_use", "land_use")]
        return [
            self._row(subject, "policy", self._draw.choice(("strictest", "by_part", "majority")), theme, "", bare=True)
            for subject, theme in wanted
            if self._draw.random() < 0.6
        ]

    def _value(self, *, small: bool = False) -> str:
        if small:
            return self._draw.choice(("1", "2", "0.5"))
        return self._draw.choice(
            ("0", "1", "2", "3", "4.5", "6", "60", "fact:existing_storeys", "fact:plot_m2", "=max(2, 0.01*plot_m2)",
             "=min(frontage_m, passage_m)/3", "=max(0, existing_storeys*2 - 1)")
        )  # fmt: skip

    def _place(self, zones: dict[str, tuple[str, ...]], *, whole: bool = False) -> tuple[str, str]:
        if whole and self._draw.random() < 0.15:
            return "", ""
        theme = self._draw.choice(tuple(zones))
        return theme, self._draw.choice(zones[theme])

    def _row(self, subject: str, effect: str, value: str, theme: str, zone: str, *, bare: bool = False) -> Cells:
        self._number += 1
        row = dict(zip(HEADER, (f"r{self._number}", f"{self._number}-1", "ISF-08", subject, effect, value, theme, zone,
                                "متن نمونه.", "A sample."), strict=True))  # fmt: skip
        for name in () if bare else self._draw.sample(tuple(CELLS), self._draw.choice((0, 0, 1, 1, 2))):
            row[f"when:{name}"] = self._draw.choice(CELLS[name])
        if not bare and theme in EDITIONS and self._draw.random() < 0.15:
            row["when:edition"] = self._draw.choice(EDITIONS[theme])
        if not bare and theme and self._draw.random() < 0.1:
            row["when:zone_share"] = self._draw.choice(SHARES)
        return row
