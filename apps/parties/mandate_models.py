"""Mandates: who acts for whom, in what, how far and until when; and the asks that a principal has yet to confirm."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.parties.mandate_terms import LONGEST, ONE_SUBJECT, SOUND_SCOPES, AskState, EndGround, Terms, one_of


class Mandate(Terms):
    """One mandate. Ended once, never edited or deleted (a trigger); whether it stands: `mandates.standing`."""

    since = models.DateTimeField()
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    end_ground = models.CharField(max_length=12, choices=EndGround, blank=True)
    end_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-given_at", "-pk")
        indexes = (
            models.Index(fields=("principal", "land_code"), name="mandate_by_principal_land"),
            models.Index(fields=("agent",), condition=Q(ended_at__isnull=True), name="mandate_standing_agent"),
            models.Index(
                fields=("agent_organisation",), condition=Q(ended_at__isnull=True), name="mandate_standing_office"
            ),
        )
        constraints = (
            models.CheckConstraint(condition=one_of("agent", "agent_organisation"), name="mandate_has_one_agent"),
            models.CheckConstraint(condition=ONE_SUBJECT, name="mandate_has_one_subject"),
            models.CheckConstraint(condition=SOUND_SCOPES, name="mandate_scopes_are_sound"),
            models.CheckConstraint(
                condition=Q(agent__isnull=True) | ~Q(agent=F("principal")), name="mandate_not_to_oneself"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("since"), until__lte=F("since") + LONGEST), name="mandate_ends_in_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, end_ground="", end_reason="")
                | (Q(ended_at__gte=F("given_at"), ended_by__isnull=False) & ~Q(end_ground="")),
                name="mandate_ended_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"mandate {self.pk}: {self.principal_id} → {self.agent_id or f'office {self.agent_organisation_id}'}"


class MandateAsk(Terms):
    """An agent asks to act for somebody, who confirms with a code sent to their own mobile. Gives no right by itself.

    `asked_by`: the agent, or the member of the agent's organisation who sits at the counter.
    """

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=AskState, default=AskState.WAITING)
    answered_at = models.DateTimeField(null=True)
    mandate = models.OneToOneField(Mandate, null=True, on_delete=models.PROTECT, related_name="ask")

    class Meta:
        ordering = ("-asked_at", "-pk")
        indexes = (models.Index(fields=("principal",), condition=Q(state="waiting"), name="mandate_ask_waiting"),)
        constraints = (
            models.CheckConstraint(condition=one_of("agent", "agent_organisation"), name="mandate_ask_has_one_agent"),
            models.CheckConstraint(condition=ONE_SUBJECT, name="mandate_ask_has_one_subject"),
            models.CheckConstraint(condition=SOUND_SCOPES, name="mandate_ask_scopes_are_sound"),
            models.CheckConstraint(
                condition=Q(state="confirmed", mandate__isnull=False)
                | (~Q(state="confirmed") & Q(mandate__isnull=True)),
                name="mandate_ask_confirmed_gives_one",
            ),
        )

    def __str__(self) -> str:
        return f"ask {self.pk}: {self.asked_by_id} of {self.principal_id} ({self.state})"
