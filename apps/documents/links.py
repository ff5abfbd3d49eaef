"""The permanent link of an answer, and its QR code."""

import io
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

import segno


def question(extract: Mapping[str, Any], *, kind_name: str) -> str:
    """The query that asks the same again: legal day, permit kind, instant of knowledge."""
    asked = {"on": extract["on"], kind_name: extract["permit_kind"], "known_at": extract["known_at"]}
    return urlencode(asked, quote_via=quote, safe=":")


def page_link(extract: Mapping[str, Any], *, page: str) -> str:
    """The page at `page` (absolute address of the parcel) that shows this very answer."""
    return f"{page}?{question(extract, kind_name='kind')}"


def qr_svg(link: str, *, label: str) -> str:
    """The link as an SVG of dark squares with its quiet zone; stands on its own or inside a page."""
    out = io.BytesIO()
    code = segno.make(link, error="m", micro=False)
    code.save(out, kind="svg", scale=4, border=4, dark="#111111", light="#ffffff", title=label, xmldecl=False)
    return out.getvalue().decode()
