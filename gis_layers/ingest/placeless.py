"""Rows without a place: an edition that speaks only where its features lie must say which of them lie nowhere."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from apps.common.errors import IntakeError
from apps.common.text import latin_digits
from gis_layers.ingest.coverage import Coverage
from gis_layers.ingest.reasons import Reason, refusal
from gis_layers.ingest.sifting import Sifted
from gis_layers.ingest.values import text_of


def settle_placeless(sifted: Sifted, coverage: Coverage, *, field: str, called: str, first: int) -> Sifted:
    """Declared rows are kept apart as binding nowhere. Raises IntakeError naming rows and codes.

    Refused: a declared code that has a place or that the file does not hold; and, where the coverage is that of the
    features, a row without a place that nobody declared, because then nobody can say where the edition speaks.
    """
    codes = {index: _code(record, field) for index, record in enumerate(sifted.records)}
    bare = {index for index, why in sifted.refused.items() if why.footprint is None}
    _require_true(coverage.without_place, codes, bare, called)
    declared = {index for index in bare if codes[index] and codes[index] in coverage.without_place}
    strange = sorted(bare - declared)
    if coverage.of_features and strange:
        raise _undeclared(called, {index + first: codes[index] for index in strange})
    told = {index: refusal(Reason.PLACELESS, code=codes[index]) for index in declared}
    return replace(sifted, refused={**sifted.refused, **told})


def _code(record: Mapping[str, Any], field: str) -> str:
    return latin_digits(text_of(record[field]))


def _require_true(declared: tuple[str, ...], codes: Mapping[int, str], bare: set[int], called: str) -> None:
    placed = {code for index, code in codes.items() if index not in bare}
    wrong = [code for code in declared if code in placed or code not in codes.values()]
    if wrong:
        told = ", ".join(wrong)
        raise IntakeError(
            fa=f"{called}: without_place این کدها را بی‌جا می‌خواند، ولی در پرونده جا دارند یا اصلاً نیستند: {told}. "
            "آن‌ها را از فهرست بردارید.",
            en=f"{called}: without_place names codes that do have a place, or are not in the file: {told}. "
            "Take them off the list.",
            file=called,
            codes=wrong,
        )


def _undeclared(called: str, rows: Mapping[int, str]) -> IntakeError:
    told = ", ".join(f"{row}: {code or '-'}" for row, code in list(rows.items())[:10])
    return IntakeError(
        fa=f"{called}: این ردیف‌ها جایی ندارند (ردیف: کد): {told}؛ پس نمی‌توان گفت لایه کجا سخن می‌گوید. شکل آن‌ها را "
        "بکشید، محدودهٔ پوشش بدهید، یا کدهایشان را در without_place بیاورید.",
        en=f"{called}: these rows have no place (row: code): {told}; so nobody can say where the layer speaks. Draw "
        "them, give a coverage, or list their codes in without_place.",
        file=called,
        rows=list(rows),
    )
