"""The folded text by which a parcel is found."""

from apps.common.text import search_key


def search_text(*, code: str, plate: str, address: str, passage: str, neighbourhood: str) -> str:
    """The folded text by which a parcel is found."""
    return search_key(" ".join(part for part in (code, plate, address, passage, neighbourhood) if part))
