"""Which kinds of permit rest on a proposal. Pure."""

from collections.abc import Mapping

NEEDED: Mapping[str, bool] = {
    "NEW": True,
    "DEMOLISH_REBUILD": True,
    "EXTENSION": True,
    "ADDED_STOREY": True,
    "AMENDMENT": True,
    "REPAIR": False,
    "RENEWAL": False,
    "TIME_EXTENSION": False,
    "DUPLICATE": False,
}
"""A kind that builds nothing new is sent in without a proposal; it may bring one all the same."""


def needs_proposal(kind: str) -> bool:
    """Whether a request of this kind is sent in only with a proposal; a kind that nobody foresaw is."""
    return NEEDED.get(kind, True)
