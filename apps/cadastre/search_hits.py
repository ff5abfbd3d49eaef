"""From what the database found to what a person is shown, and the words for what cannot be shown."""

from collections import Counter
from collections.abc import Sequence

from apps.cadastre.facts import SearchHit
from apps.cadastre.search_links import Link
from apps.cadastre.search_points import Asked
from apps.common.city import current_city
from apps.common.text import Text, isolated, persian_digits
from gis_layers.postgis_places import DistrictHit, PlaceHit
from gis_layers.postgis_search import ParcelHit


def parcel_hits(found: Sequence[ParcelHit]) -> list[SearchHit]:
    """Parcels with their address."""
    return [
        SearchHit(
            kind="parcel",
            code=hit.code,
            label=Text(
                fa=f"قطعهٔ {isolated(hit.code)}" + (f"، {hit.address_fa}" if hit.address_fa else ""),
                en=f"Parcel {hit.code}" + (f", {hit.address_fa}" if hit.address_fa else ""),
            ),
            lon=hit.lon,
            lat=hit.lat,
            bbox=hit.bbox,
        )
        for hit in found
    ]


def place_hits(found: Sequence[PlaceHit]) -> list[SearchHit]:
    """Places by name; of two with one name and kind each says its district."""
    times = Counter((hit.kind, hit.name_fa) for hit in found)
    return [
        SearchHit(
            kind=hit.kind,
            code=None,
            label=_in_district(hit) if times[hit.kind, hit.name_fa] > 1 else _name(hit),
            lon=hit.lon,
            lat=hit.lat,
        )
        for hit in found
    ]


def district_hits(found: Sequence[DistrictHit]) -> list[SearchHit]:
    """Districts with their box, so that the map shows the whole of one."""
    return [
        SearchHit(
            kind="district", code=None, label=Text(hit.name_fa, hit.name_en), lon=hit.lon, lat=hit.lat, bbox=hit.bbox
        )
        for hit in found
    ]


def point_hit(asked: Asked) -> SearchHit:
    """The point itself."""
    label = Text(fa=f"نقطهٔ {_numbers_fa(asked)}", en=f"Point {asked.lat:.6f}, {asked.lon:.6f}")
    return SearchHit(kind="point", code=None, label=label, lon=asked.lon, lat=asked.lat)


def outside(asked: Asked) -> Text:
    """That a point was understood, and lies beyond this map."""
    city = current_city().name
    return Text(
        fa=f"این نقطه (عرض و طول {_numbers_fa(asked)}) بیرون از محدودهٔ {city.fa} است و این‌جا ضابطه‌ای برای آن نیست. "
        "اگر در شهر است، جای عرض و طول یا رقم‌ها را وارسی کنید.",
        en=f"This point (latitude, longitude {asked.lat:.6f}, {asked.lon:.6f}) lies outside {city.en}; nothing "
        "is known about it here. If it is in the city, check the order and the digits of the two numbers.",
    )


def note_of_link(found: Link) -> Text:
    """What to paste instead of a link that holds no place."""
    what_fa = "پیوند کوتاه جای نقطه را در خود ندارد" if found.short else "در این پیوند جای نقطه‌ای خوانده نشد"
    what_en = "A short link does not hold its place" if found.short else "No place could be read from this link"
    return Text(
        fa=f"{what_fa}. آن را در مرورگر باز کنید و نشانی بلند نوار بالا را این‌جا بچسبانید، یا روی نقشه انگشت را روی "
        "نقطه نگه دارید و دو عدد مختصات آن را رونوشت کنید.",
        en=f"{what_en}. Open it in a browser and paste the long address from the address bar, or press and hold the "
        "spot on that map and copy its two coordinates.",
    )


def _name(hit: PlaceHit) -> Text:
    return Text(fa=hit.name_fa, en=hit.name_en or hit.name_fa)


def _in_district(hit: PlaceHit) -> Text:
    name = _name(hit)
    if hit.district is None:
        return name
    return Text(fa=f"{name.fa} (منطقهٔ {persian_digits(hit.district)})", en=f"{name.en} (district {hit.district})")


def _numbers_fa(asked: Asked) -> str:
    return persian_digits(f"{asked.lat:.6f}، {asked.lon:.6f}")
