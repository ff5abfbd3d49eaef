"""The published JSON Schema of the extract, made from the same shapes as the API description."""

from functools import lru_cache
from typing import Any

import orjson
from pydantic.json_schema import GenerateJsonSchema

from apps.api.extract_schema import ExtractOut

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILE = "parvaneh-extract-1.json"
ID = "urn:parvaneh:schema:extract:1"
TITLE = "parvaneh-extract/1"


def extract_schema() -> dict[str, Any]:
    """JSON Schema 2020-12: every key named, every key required, nothing beyond."""
    made = ExtractOut.model_json_schema(by_alias=True, mode="serialization", schema_generator=GenerateJsonSchema)
    return {"$schema": DIALECT, "$id": ID, **made, "title": TITLE}


@lru_cache(maxsize=1)
def extract_schema_bytes() -> bytes:
    """The published file, byte for byte."""
    return orjson.dumps(extract_schema(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
