"""Who signed in and how: identities at a provider, the log of sign-ins, second factors that were taken away."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Identity(models.Model):
    """A person as an OpenID Connect provider knows them: (issuer, subject), bound once and never moved.

    `national_id`: what the provider said when it was bound; "" when it said none.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    national_id = models.CharField(max_length=10, blank=True)
    bound_at = models.DateTimeField()

    class Meta:
        ordering = ("bound_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=("issuer", "subject"), name="identity_belongs_to_one_person"),
            models.UniqueConstraint(fields=("issuer", "person"), name="person_has_one_identity_per_issuer"),
            models.UniqueConstraint(
                fields=("issuer", "national_id"), condition=~Q(national_id=""), name="identity_one_per_national_id"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issuer}: person {self.person_id}"


class Way(models.TextChoices):
    """Through which door."""

    CODE = "code"  # a code sent to the mobile
    PROVIDER = "provider"  # OpenID Connect
    PASSWORD = "password"  # noqa: S105 - the name of a door: the admin site's
    SECOND_FACTOR = "second_factor"  # given later, in a session that had begun


class Factor(models.TextChoices):
    """The second factor that was given."""

    NONE = "", "none"
    AUTHENTICATOR = "totp"
    RECOVERY_CODE = "recovery_code"


class SignIn(models.Model):
    """One entry by a person. Append-only; rows are kept for settings.SIGN_INS_KEPT_DAYS.

    `address`: as limits count it (an IPv6 address is cut to its /64).
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sign_ins")
    at = models.DateTimeField()
    address = models.CharField(max_length=45)
    way = models.CharField(max_length=14, choices=Way)
    factor = models.CharField(max_length=14, choices=Factor, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [
            models.Index(fields=("person", "-at"), name="sign_in_of_person"),
            models.Index(fields=("at",), name="sign_in_by_age"),
        ]

    def __str__(self) -> str:
        return f"person {self.person_id}: {self.way}"


class SecondFactorReset(models.Model):
    """An administrator took a person's second factor away. Append-only."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="factor_resets")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"person {self.person_id} by {self.by_id}"
