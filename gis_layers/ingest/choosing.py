"""Which layer and which fields of a file are meant, with the ones there are named when the asked one is missing."""

from collections.abc import Sequence
from difflib import get_close_matches

from apps.common.errors import IntakeError
from gis_layers.ingest.formats import Source


def choose_layer(source: Source, there: Sequence[str], *, layer: str | None, besides: Sequence[str]) -> str:
    """The named layer, or the only one that is not in `besides`. Raises IntakeError listing the layers."""
    if layer is not None and layer in there:
        return layer
    free = [name for name in there if name not in besides]
    if layer is None and len(free) == 1:
        return free[0]
    if layer is not None and len(there) == 1 and source.path.stem == layer:
        return there[0]
    names = ", ".join(there) or "-"
    said_fa = f"لایهٔ «{layer}» در آن نیست" if layer else "یک لایهٔ تنها ندارد"
    said_en = f"has no layer “{layer}”" if layer else "does not hold exactly one layer"
    raise IntakeError(
        fa=f"{source.name}: {said_fa}. لایه‌های آن: {names}. با --layer یکی را نام ببرید.",
        en=f"{source.name} {said_en}. Its layers: {names}. Name one with --layer.",
        file=source.name,
        layers=list(there),
    )


def require_fields(source: Source, layer: str, fields: Sequence[str], wanted: Sequence[str]) -> None:
    """IntakeError naming the missing fields, the ones there are and near names."""
    missing = [field for field in wanted if field not in fields]
    if not missing:
        return
    near = sorted({n for field in missing for n in _near(field, fields)})
    there, lacking = ", ".join(fields) or "-", ", ".join(missing)
    guess_fa = f" شاید منظور: {', '.join(near)}." if near else ""
    guess_en = f" Perhaps: {', '.join(near)}." if near else ""
    raise IntakeError(
        fa=f"در {source.name} (لایهٔ {layer}) ستون {lacking} نیست. ستون‌های آن: {there}.{guess_fa}",
        en=f"{source.name} (layer {layer}) has no field {lacking}. Its fields: {there}.{guess_en}",
        file=source.name,
        layer=layer,
        missing=missing,
        fields=list(fields),
    )


def _near(field: str, fields: Sequence[str]) -> list[str]:
    folded = {f.lower(): f for f in fields}
    return [folded[match] for match in get_close_matches(field.lower(), list(folded), n=2, cutoff=0.6)]
