"""Persons (the user model), offices and the outbox; roles; organisations; mandates. Each in a file of its own."""

from apps.parties.mandate_models import Mandate, MandateAsk
from apps.parties.mandate_terms import AskState, EndGround, MandateKind, Scope
from apps.parties.models_identity import Factor, Identity, SecondFactorReset, SignIn, Way
from apps.parties.organisation_models import (
    MemberRole,
    Membership,
    Organisation,
    OrganisationKind,
    OrganisationStatus,
)
from apps.parties.people_models import Office, OutboxMessage, Person, PersonManager
from apps.parties.role_models import Assignment, Role

__all__ = [
    "AskState",
    "Assignment",
    "EndGround",
    "Factor",
    "Identity",
    "Mandate",
    "MandateAsk",
    "MandateKind",
    "MemberRole",
    "Membership",
    "Office",
    "Organisation",
    "OrganisationKind",
    "OrganisationStatus",
    "OutboxMessage",
    "Person",
    "PersonManager",
    "Role",
    "Scope",
    "SecondFactorReset",
    "SignIn",
    "Way",
]
