"""A drawing or a model: counted through from its first line to its last, nothing of it is drawn. Runs alone."""

from typing import IO, Any

from apps.cases.files.signs import BINARY_DXF

_LONGEST_LINE = 64 * 1024
_LEAST_DWG = 4096
_ENDS = ("EOF", "ENDSEC", "SECTION", "ENDTAB", "TABLE")


def look_dxf(file: IO[bytes]) -> dict[str, Any]:
    """{entities} or {fault}: pairs of a whole number and a value, up to the mark of the end."""
    if file.read(len(BINARY_DXF)) == BINARY_DXF:
        return _binary_dxf(file)
    file.seek(0)
    if file.read(3) != b"\xef\xbb\xbf":
        file.seek(0)
    entities = 0
    try:
        while code := file.readline(_LONGEST_LINE):
            value = file.readline(_LONGEST_LINE).strip()
            if int(code) != 0:
                continue
            if value == b"EOF":
                return {"entities": entities}
            entities += value.decode("latin-1") not in _ENDS
    except ValueError:
        return {"fault": "unreadable"}
    return {"fault": "cut"}


def _binary_dxf(file: IO[bytes]) -> dict[str, Any]:
    import struct

    from ezdxf.lldxf.const import DXFError
    from ezdxf.lldxf.tagger import binary_tags_loader

    file.seek(0)
    last, entities = "", 0
    try:
        for tag in binary_tags_loader(file.read()):
            if tag.code == 0:
                last = str(tag.value)
                entities += last not in _ENDS
    except (DXFError, ValueError, IndexError, KeyError, TypeError, struct.error):
        return {"fault": "unreadable"}
    return {"entities": entities} if last == "EOF" else {"fault": "cut"}


def look_dwg(file: IO[bytes]) -> dict[str, Any]:
    """{} or {fault}: a closed format, of which only version and least size are looked at."""
    return {} if file.seek(0, 2) >= _LEAST_DWG else {"fault": "cut"}


def look_ifc(file: IO[bytes]) -> dict[str, Any]:
    """{} or {fault}: a STEP file whose schema is one of IFC's and that says anything at all."""
    schema = says = False
    while line := file.readline(_LONGEST_LINE):
        schema = schema or (b"FILE_SCHEMA" in line and b"IFC" in line.upper())
        says = says or line.lstrip().startswith(b"#")
    return {} if schema and says else {"fault": "unreadable"}


LOOKERS = {"dxf": look_dxf, "dwg": look_dwg, "ifc": look_ifc}
