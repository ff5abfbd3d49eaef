"""How people want to be told."""

from django.conf import settings
from django.db import models


class Mode(models.TextChoices):
    """When its notices are sent."""

    AT_ONCE = "at_once"
    DIGEST = "digest"


class Preference(models.Model):
    """How a person wants to be told beside the page: by message, by e-mail, at once or once a day.

    `email` counts only once it is confirmed. Nobody has a row until they change something: see `ways`.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preference")
    cases = models.CharField(max_length=8, choices=Mode, default=Mode.AT_ONCE)
    sms = models.BooleanField(default=True)
    email = models.EmailField(blank=True)
    email_confirmed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.cases}"
