"""The page of a proposal for its template: form rows, uses, checks in groups, the map's block, what differs today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.cadastre.selectors import parcel_by_code
from apps.common import clock
from apps.common.city import current_city
from apps.common.errors import NotFoundError, ParvanehError
from apps.parties.models import Person
from apps.permits.proposal import Proposal
from apps.permits.proposal_document import proposal_of
from apps.permits.proposal_state import ProposalState
from apps.permits.selectors import request_facts
from frontend.parcel_page import with_names
from frontend.proposal_form import kinds, rows_of, typed_rows
from frontend.texts import script_texts
from gis_layers.crs import city_srid

_BY_PERSON = "by_person"


@dataclass(frozen=True, slots=True)
class Group:
    """Checks with one answer: its code, and whether they stand open."""

    code: str
    checks: Sequence[Mapping[str, Any]]

    @property
    def is_open(self) -> bool:
        """What needs doing is open; what is fine, or for a person, is folded."""
        return self.code in ("fail", "cannot_evaluate")


def page_of(
    state: ProposalState,
    *,
    person: Person | AnonymousUser,
    wrong: ParvanehError | None = None,
    typed: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The context. `typed`: what a refused form held; it comes back as it was."""
    facts = request_facts(tracking=state.request.case.tracking, person=person)
    proposal = proposal_of(state.content) if state.content else Proposal()
    return {
        "item": facts,
        "state": state,
        "error": wrong,
        "problems": (wrong.details.get("problems") if wrong else None) or (),
        "layers": (wrong.details.get("layers") if wrong else None) or (),
        "waiting": (wrong.details.get("file") if wrong else None) or "",
        "rows": typed_rows(typed) if typed is not None else rows_of(proposal),
        "edges": _edges(proposal, typed),
        "kinds": kinds(),
        "uses": _uses(state),
        "groups": groups(state.checks["checks"]) if state.checks else (),
        "crs": f"EPSG:{city_srid()}",
        "page_data": map_block(state, typed),
    }


def groups(checks: Sequence[Mapping[str, Any]]) -> list[Group]:
    """Failing first, then what could not be evaluated, then what a person judges, then what passes."""
    order: dict[str, list[Mapping[str, Any]]] = {"fail": [], "cannot_evaluate": [], _BY_PERSON: [], "pass": []}
    for check in checks:
        order[_BY_PERSON if check["why"] == _BY_PERSON else check["outcome"]].append(check)
    return [Group(code, found) for code, found in order.items() if found]


def _edges(proposal: Proposal, typed: Mapping[str, str] | None) -> dict[str, str]:
    if typed is not None:
        return {name: typed.get(name, "") for name in ("plinth_m", "parapet_m")}
    parapet = "" if proposal.parapet_m is None else f"{proposal.parapet_m.normalize():f}"
    return {"plinth_m": f"{proposal.plinth_m.normalize():f}", "parapet_m": parapet}


def _uses(state: ProposalState) -> list[tuple[str, str]]:
    """Use codes to choose from with their names: those the city's law asks for, and those already written."""
    declared = current_city().raw.get("inputs", {}).get("use", {}).get("choices", ())
    written = [row["use"] for row in (state.content or {}).get("storeys", ()) if row["use"]]
    permitted = [
        code
        for check in (state.checks or {}).get("checks", ())
        if check["code"] == "permitted_use" and check["limit"]
        for code in check["limit"]["en"].split(", ")
    ]
    names = with_names([{"direction": "set"}])[0].get("names", {})
    codes = dict.fromkeys([*declared, *permitted, *written])
    return [(code, names.get(code, "")) for code in codes]


def map_block(state: ProposalState, typed: Mapping[str, str] | None) -> dict[str, Any] | None:
    """What the script needs; None when the parcel does not stand any more."""
    code = state.request.case.land.code
    try:
        parcel = parcel_by_code(code, on=clock.today(), known_at=clock.now())
    except NotFoundError:
        return None
    return {
        "language": get_language(),
        "geometry": parcel.geometry,
        "bbox": list(parcel.bbox),
        "layers": "/api/v1/layers",
        "envelope": f"/api/v1/parcels/{code}/envelope?permit_kind={state.request.kind}",
        "footprint": _drawn_again(typed) if typed is not None else state.footprint,
        "outside": (state.checks or {}).get("outside"),
        "draw": state.writable,
        "texts": {
            **script_texts(),
            "drawn_area": _("Drawn: about {area} m²"),
            "nothing_drawn": _("Nothing is drawn."),
            "area_unit": _("m²"),
        },
    }


def _drawn_again(typed: Mapping[str, str]) -> Any:
    """What a refused form had drawn; None for what is no JSON."""
    try:
        return orjson.loads(typed.get("footprint", "") or "null")
    except orjson.JSONDecodeError:
        return None
