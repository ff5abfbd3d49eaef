"""What a mandate may say: its words, what the database holds of them, and what makes them sound."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.parties.organisation_models import Organisation

# A mandate lapses by itself after two years at most; 731 days, so that a leap day costs nobody a day.
LONGEST = timedelta(days=731)


class Scope(models.TextChoices):
    """What an agent may do in the principal's name."""

    VIEW = "view"  # see the case, its documents and messages
    ACT = "act"  # take the steps the principal could take
    PAY = "pay"  # see and pay bills
    RECEIVE = "receive"  # get what is issued, and messages


class MandateKind(models.TextChoices):
    """As what the agent stands beside the principal."""

    ATTORNEY = "attorney"
    TECHNICAL_AGENT = "technical_agent"
    COUNTER_OFFICE = "counter_office"
    CO_OWNER = "co_owner"


class EndGround(models.TextChoices):
    """Why a mandate ended. That its time is over is computed and needs no ground."""

    REVOKED = "revoked"  # by the principal
    RENOUNCED = "renounced"  # by the agent
    OFFICER = "officer"  # by the city, with a reason


class AskState(models.TextChoices):
    """Where an ask for a mandate stands. One that nobody answered lapses at `lapses_at`, without a job."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


def one_of(one: str, other: str) -> Q:
    """Exactly one of two references."""
    return Q(**{f"{one}__isnull": False, f"{other}__isnull": True}) | Q(
        **{f"{one}__isnull": True, f"{other}__isnull": False}
    )


ONE_SUBJECT = (Q(land_code="") & ~Q(case_tracking="")) | (~Q(land_code="") & Q(case_tracking=""))
SOUND_SCOPES = (
    Q(scopes__len__gt=0)
    & Q(scopes__contained_by=[scope.value for scope in Scope])
    & (~Q(scopes__contains=[Scope.ACT.value]) | Q(scopes__contains=[Scope.VIEW.value]))
)


class Terms(models.Model):
    """What a mandate allows: by whom, to whom, in what, how far, until when.

    `land_code` or `case_tracking`: plain codes of the rooms above. `principal_organisation`: the legal person in whose
    name `principal` gives it. `until`: an instant, half-open, never null.
    """

    principal = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    principal_organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    agent_organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=MandateKind)
    scopes = ArrayField(models.CharField(max_length=8, choices=Scope))
    land_code = models.CharField(max_length=60, blank=True)
    case_tracking = models.CharField(max_length=20, blank=True)
    until = models.DateTimeField()
    basis = models.CharField(max_length=200)

    class Meta:
        abstract = True
