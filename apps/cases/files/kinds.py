"""The kinds of files a case takes, and no other. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from apps.common.text import Text


class Family(StrEnum):
    """What people call it; limits go by family."""

    PDF = "pdf"
    IMAGE = "image"
    DRAWING = "drawing"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a file is by its content. `extension`: ours, without a dot; what the sender wrote plays no part."""

    media_type: str
    family: Family
    extension: str


PDF = Sniffed("application/pdf", Family.PDF, "pdf")
JPEG = Sniffed("image/jpeg", Family.IMAGE, "jpg")
PNG = Sniffed("image/png", Family.IMAGE, "png")
TIFF = Sniffed("image/tiff", Family.IMAGE, "tif")
WEBP = Sniffed("image/webp", Family.IMAGE, "webp")
HEIC = Sniffed("image/heic", Family.IMAGE, "heic")
DXF = Sniffed("image/vnd.dxf", Family.DRAWING, "dxf")
DWG = Sniffed("image/vnd.dwg", Family.DRAWING, "dwg")
IFC = Sniffed("application/p21", Family.MODEL, "ifc")
ALL = (PDF, JPEG, PNG, TIFF, WEBP, HEIC, DXF, DWG, IFC)
BY_MEDIA_TYPE = {kind.media_type: kind for kind in ALL}

EXTENSIONS = {
    Family.PDF: frozenset({"pdf"}),
    Family.IMAGE: frozenset({"jpg", "jpeg", "jpe", "jfif", "png", "tif", "tiff", "webp", "heic", "heif"}),
    Family.DRAWING: frozenset({"dxf", "dwg"}),
    Family.MODEL: frozenset({"ifc"}),
}
"""What a name may end in, by family: telephones call a HEIC or a PNG .jpg, and nobody means harm by it."""

FAMILY_NAMES = {
    Family.PDF: Text("PDF", "PDF"),
    Family.IMAGE: Text("تصویر", "picture"),
    Family.DRAWING: Text("نقشهٔ DXF/DWG", "DXF/DWG drawing"),
    Family.MODEL: Text("مدل IFC", "IFC model"),
}
ACCEPTED = Text(
    "PDF، تصویر (JPEG، PNG، TIFF، WebP، HEIC)، نقشه (DXF، DWG) یا مدل (IFC)",
    "a PDF, a picture (JPEG, PNG, TIFF, WebP, HEIC), a drawing (DXF, DWG) or a model (IFC)",
)
ACCEPT = ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.webp,.heic,.heif,.dxf,.dwg,.ifc"
"""For the `accept` of a form's field."""
