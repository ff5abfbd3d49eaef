"""pygeoapi's way to our data: hands its calls to `items`, with the question of the running request."""

from typing import Any

from pygeoapi.provider.base import BaseProvider, ProviderItemNotFoundError

from apps.open_data import items
from apps.open_data.questions import asked


class LawProvider(BaseProvider):  # type: ignore[misc]  # pygeoapi carries no types
    """One collection. Reads only: it has none of the writing calls."""

    def __init__(self, provider_def: dict[str, Any]) -> None:
        super().__init__(provider_def)
        self._fields = provider_def["fields"]

    def get_fields(self) -> dict[str, Any]:
        """The properties of an item, by name."""
        return dict(self._fields)

    def query(
        self,
        limit: int = 10,
        select_properties: list[str] | None = None,
        skip_geometry: bool = False,
        crs_transform_spec: object = None,
        **_kwargs: object,
    ) -> dict[str, Any]:
        """A page as a GeoJSON feature collection; `after` is where the next one goes on."""
        question = asked()
        found = items.page(question, limit=limit, in_city=crs_transform_spec is None, bare=skip_geometry)
        for feature in found.features if select_properties else ():
            feature["properties"] = {k: v for k, v in feature["properties"].items() if k in (select_properties or ())}
        return {
            "type": "FeatureCollection",
            "features": found.features,
            "numberMatched": len(found.features) if found.complete else items.count(question),
            "numberReturned": len(found.features),
            "after": found.after,
        }

    def get(self, identifier: str, crs_transform_spec: object = None, **_kwargs: object) -> dict[str, Any]:
        """One item as a GeoJSON feature. Raises ProviderItemNotFoundError."""
        found = items.one(asked(), identifier, in_city=crs_transform_spec is None)
        if found is None:
            raise ProviderItemNotFoundError(f"item {identifier} not found")
        return found
