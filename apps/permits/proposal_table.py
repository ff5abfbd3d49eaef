"""Whether a table of storeys can be true: contradictions and absurd numbers, each with what to do about it. Pure."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from apps.common.text import Text
from apps.permits import proposal_table_words as said
from apps.permits import proposal_words as words
from apps.permits.proposal import KIND_NAMES, LIVED_IN, TOLERANCE_M2, Proposal, Storey, StoreyKind, totals

MOST_ROWS, MOST_NUMBER, MOST_M2, MOST_M, MOST_UNITS = 120, 100, Decimal(500_000), Decimal(30), 2_000
MOST_PLINTH_M, MOST_PARAPET_M = Decimal(5), Decimal(10)
TOTALS = ("gross_m2", "countable_m2", "units", "parking")


def problems(
    proposal: Proposal, *, footprint_m2: Decimal | None = None, declared: dict[str, Decimal] | None = None
) -> tuple[Text, ...]:
    """Everything that is wrong with the table, in its order; () = it can be true.

    `footprint_m2`: no storey over the ground is larger. `declared`: totals that somebody added up (see TOTALS).
    """
    if len(proposal.storeys) > MOST_ROWS:
        return (words.filled(said.TOO_MANY, most=words.plain(MOST_ROWS)),)
    rows = [text for row in proposal.storeys for text in _of_row(row)]
    return (*rows, *_of_storeys(proposal), *_of_whole(proposal, footprint_m2), *_of_totals(proposal, declared or {}))


def _of_row(row: Storey) -> Iterator[Text]:
    for wrong, text in _ROW_RULES:
        if wrong(row):
            yield words.filled(text, row=name_of(row))


def name_of(row: Storey) -> Text:
    """'Storey 2', 'Basement −1'."""
    name, number = KIND_NAMES[row.kind], words.level_name(row.number)
    return Text(f"{name.fa} {number.fa}", f"{name.en} {number.en}")


def _misnumbered(row: Storey) -> bool:
    fits: dict[StoreyKind, Callable[[int], bool]] = {
        StoreyKind.BASEMENT: lambda n: n < 0,
        StoreyKind.PILOTIS: lambda n: n == 0,
        StoreyKind.GROUND: lambda n: n == 0,
        StoreyKind.TYPICAL: lambda n: n > 0,
        StoreyKind.STAIR_HEAD: lambda n: n > 0,
    }
    return not fits[row.kind](row.number) or abs(row.number) > MOST_NUMBER


def _outside(value: Decimal | int | None, most: Decimal | int) -> bool:
    return value is not None and not 0 <= value <= most


def _bad_area(row: Storey) -> bool:
    return _outside(row.gross_m2, MOST_M2) or _outside(row.countable_m2, MOST_M2)


def _counts_more(row: Storey) -> bool:
    return row.gross_m2 is not None and row.countable_m2 is not None and row.countable_m2 > row.gross_m2


def _bad_height(row: Storey) -> bool:
    return row.height_m is not None and not 0 < row.height_m <= MOST_M


def _bad_count(row: Storey) -> bool:
    return _outside(row.units, MOST_UNITS) or _outside(row.parking, MOST_UNITS)


def _no_use(row: Storey) -> bool:
    return not row.use and bool(row.units or row.countable_m2)


def _lived_in_head(row: Storey) -> bool:
    return row.kind is StoreyKind.STAIR_HEAD and bool(row.use or row.units)


def _no_room(row: Storey) -> bool:
    return bool(row.units) and (row.countable_m2 == 0 or row.gross_m2 == 0)


_ROW_RULES: tuple[tuple[Callable[[Storey], bool], Text], ...] = (
    (_misnumbered, Text(
        "{row}: شماره با نوع نمی‌خواند. زیرزمین‌ها ۱- و پایین‌تر، پیلوت و همکف ۰، طبقه‌ها و خرپشته ۱ و بالاتر است.",
        "{row}: number and kind do not fit. Basements are -1 and below, pilotis and ground floor 0, storeys and the "
        "stair head 1 and above.",
    )),
    (_bad_area, Text(
        "{row}: مساحت باید از ۰ تا ۵۰۰٬۰۰۰ متر مربع باشد.", "{row}: an area lies between 0 and 500,000 m².",
    )),
    (_counts_more, Text(
        "{row}: زیربنای مفید از زیربنا بیشتر است. یکی را درست کنید.",
        "{row}: the countable area is larger than the gross area. Correct one of them.",
    )),
    (_bad_height, Text(
        "{row}: ارتفاع باید بیشتر از ۰ و حداکثر ۳۰ متر باشد.", "{row}: a height is more than 0 and at most 30 m.",
    )),
    (_bad_count, Text(
        "{row}: شمار واحد و جای پارک از ۰ تا ۲٬۰۰۰ است.", "{row}: units and stalls lie between 0 and 2,000.",
    )),
    (_no_use, Text(
        "{row}: واحد یا زیربنای مفید دارد ولی کاربری ندارد. کاربری را بنویسید.",
        "{row}: it has units or countable area but no use. Write the use.",
    )),
    (_lived_in_head, Text(
        "{row}: خرپشته کاربری و واحد ندارد. آنچه در آن زندگی یا کار می‌کنند طبقه است؛ آن را طبقه بنویسید.",
        "{row}: a stair head has neither use nor units. What is lived in is a storey; write it as one.",
    )),
    (_no_room, Text(
        "{row}: واحد دارد ولی مساحت آن صفر است. مساحت را بنویسید یا شمار واحد را صفر کنید.",
        "{row}: it has units but no area. Write the area, or no units.",
    )),
)  # fmt: skip


def _of_storeys(proposal: Proposal) -> Iterator[Text]:
    for rows in proposal.levels().values():
        if len({row.height_m for row in rows if row.kind is not StoreyKind.STAIR_HEAD}) > 1:
            yield words.filled(said.HEIGHTS, row=name_of(rows[0]))
    above = sorted({row.number for row in proposal.of(StoreyKind.TYPICAL)})
    whole = range(1, (above[-1] if above else 0) + 1)
    for number in [n for n in whole if n not in above][:3]:
        yield words.filled(said.GAP, n=words.level_name(number))
    if above and not proposal.of(StoreyKind.PILOTIS, StoreyKind.GROUND):
        yield said.NO_GROUND
    heads = [row for row in proposal.of(StoreyKind.STAIR_HEAD) if row.number <= whole[-1:][0]] if above else []
    if heads:
        yield words.filled(said.HEAD_LOW, row=name_of(heads[0]))


def _of_whole(proposal: Proposal, footprint_m2: Decimal | None) -> Iterator[Text]:
    if _outside(proposal.plinth_m, MOST_PLINTH_M) or _outside(proposal.parapet_m, MOST_PARAPET_M):
        yield said.EDGES
    units = [row.units for row in proposal.storeys if row.units]
    if units and totals(proposal).parking is None:
        yield said.NO_STALLS
    if footprint_m2 is None:
        return
    for rows in proposal.levels(proposal.of(StoreyKind.PILOTIS, *LIVED_IN, StoreyKind.STAIR_HEAD)).values():
        area = sum((row.gross_m2 for row in rows if row.gross_m2 is not None), Decimal(0))
        if area > footprint_m2 + TOLERANCE_M2:
            shown = {"area": words.area(area), "footprint": words.area(footprint_m2)}
            yield words.filled(said.LARGER, row=name_of(rows[0]), **shown)


def _of_totals(proposal: Proposal, declared: dict[str, Decimal]) -> Iterator[Text]:
    sums = totals(proposal)
    for name in TOTALS:
        there = getattr(sums, name)
        if name in declared and there is not None and declared[name] != there:
            yield words.filled(
                said.SUM, what=said.TOTAL_NAMES[name], said=words.plain(declared[name]), sum=words.plain(there)
            )
