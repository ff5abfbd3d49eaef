"""A draft edition is taken away so that a mended file can take its place."""

from apps.common.errors import ConflictError
from apps.common.events import publish
from apps.legal.drafts_targets import named_in_a_draft
from apps.legal.models import Instrument, LegalAct
from gis_layers import postgis_intake_discard
from gis_layers.events import EditionDiscarded
from gis_layers.models import Edition


def discard(edition: Edition) -> None:
    """See gis_layers.services.discard_edition. Needs a transaction."""
    instrument = Instrument.objects.select_for_update().get(pk=edition.instrument_id)
    _require_draft(instrument)
    theme, number = edition.theme.code, edition.pk
    postgis_intake_discard.discard(number)
    edition.delete()
    publish(EditionDiscarded(edition_id=number, instrument_id=instrument.pk, theme=theme))


def _require_draft(instrument: Instrument) -> None:
    if LegalAct.objects.filter(instrument=instrument).exists() or instrument.replaces.exists():
        raise ConflictError(
            fa=f"سند {instrument.code} سند حقوقی دارد و ویرایش آن دیگر تغییر نمی‌کند. برای لایهٔ بازنگری‌شده سند تازه‌ای "
            "بسازید.",
            en=f"Instrument {instrument.code} has legal acts: its edition is fixed. Make a new instrument for the "
            "revised layer.",
            instrument=instrument.code,
        )
    if named_in_a_draft(instrument):
        raise ConflictError(
            fa=f"پیش‌نویسِ سندی از {instrument.code} نام می‌برد. نخست آن پیش‌نویس را پس بگیرید.",
            en=f"A draft of an act names {instrument.code}. Withdraw that draft first.",
            instrument=instrument.code,
        )
