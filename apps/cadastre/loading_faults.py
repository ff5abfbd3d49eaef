"""Refusals of a parcel file: one bad row refuses the whole."""

from typing import Any

from apps.common.errors import IntakeError
from gis_layers.postgis_parcel_load import StageFaults


def faulty(called: str, faults: StageFaults) -> IntakeError:
    """What PostGIS found wrong with staged parcels, as one refusal."""
    if faults.known_codes:
        told = ", ".join(f"{row}: {code}" for row, code in faults.known_codes)
        return fault(
            called,
            f"این کدها تکراری‌اند یا از پیش هستند (ردیف: کد): {told}. هر کد یک بار بیاید.",
            f"These codes come twice or stand already (row: code): {told}. Each code may come once.",
        )
    if faults.unknown_districts:
        told = ", ".join(f"{row}: {number}" for row, number in faults.unknown_districts)
        return fault(
            called,
            f"این منطقه‌ها بارگذاری نشده‌اند (ردیف: منطقه): {told}. نخست مناطق را بارگذاری کنید.",
            f"These districts are not loaded (row: district): {told}. Load the districts first.",
        )
    told = ", ".join(f"{row}: {why}" for row, why in faults.invalid)
    return fault(called, f"شکل‌های نادرست (ردیف: چرا): {told}.", f"Invalid shapes (row: why): {told}.")


def fault(called: str, fa: str, en: str, **details: Any) -> IntakeError:
    """The refusal of a parcel file, in both languages."""
    return IntakeError(
        fa=f"{called}: {fa} چیزی بارگذاری نشد.", en=f"{called}: {en} Nothing was loaded.", file=called, **details
    )
