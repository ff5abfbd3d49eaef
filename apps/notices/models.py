"""What people watch, the rounds in which watches are asked about an act, and what people were told."""

from django.conf import settings
from django.contrib.gis.db import models
from django.db.models import Q

from apps.cadastre.models import District
from apps.legal.models import LegalAct
from apps.notices.models_ways import Mode, Preference

__all__ = ["Mode", "Notice", "Phase", "Preference", "Round", "Watch", "WatchKind"]


class WatchKind(models.TextChoices):
    """What is watched."""

    PARCEL = "parcel"
    AREA = "area"
    DISTRICT = "district"
    THEME = "theme"


class Phase(models.TextChoices):
    """When an act is news: when it is recorded, and when it takes effect on a later day."""

    RECORDED = "recorded"
    EFFECT = "effect"


class Watch(models.Model):
    """One thing that a person wants to hear of. Ended, never deleted: its notices name it.

    `parcel`: canonical code. `area`: in the city's CRS. `theme`: code of a theme.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watches")
    kind = models.CharField(max_length=8, choices=WatchKind)
    mode = models.CharField(max_length=8, choices=Mode, default=Mode.AT_ONCE)
    parcel = models.CharField(max_length=60, blank=True)
    theme = models.SlugField(max_length=40, blank=True)
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    area = models.MultiPolygonField(srid=settings.CITY_SRID, null=True, blank=True)
    name = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="watch_names_one_thing",
                condition=(
                    Q(kind="parcel", theme="", district__isnull=True, area__isnull=True) & ~Q(parcel="")
                    | Q(kind="theme", parcel="", district__isnull=True, area__isnull=True) & ~Q(theme="")
                    | Q(kind="district", parcel="", theme="", district__isnull=False, area__isnull=True)
                    | Q(kind="area", parcel="", theme="", district__isnull=True, area__isnull=False)
                ),
            ),
            models.UniqueConstraint(
                name="watch_a_parcel_once",
                fields=("person", "parcel"),
                condition=Q(kind="parcel", ended_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="watch_a_theme_once", fields=("person", "theme"), condition=Q(kind="theme", ended_at__isnull=True)
            ),
            models.UniqueConstraint(
                name="watch_a_district_once",
                fields=("person", "district"),
                condition=Q(kind="district", ended_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "id"], name="watch_open", condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.parcel or self.theme or self.pk}"


class Round(models.Model):
    """The asking of all watches about one act in one phase. `cursor`: the last watch that was asked.

    `opened_at`: when the act became news; who began to watch later is not asked.
    """

    act = models.ForeignKey(LegalAct, on_delete=models.CASCADE, related_name="+")
    phase = models.CharField(max_length=8, choices=Phase)
    cursor = models.BigIntegerField(default=0)
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("act", "phase"), name="one_round_per_act_and_phase")]

    def __str__(self) -> str:
        return f"{self.act_id} {self.phase}"


class Notice(models.Model):
    """One thing that one person is told, once: `key` says of what.

    `due_at`, `mail_due_at`: when to send it by message and by e-mail; null = nothing is left to be sent that way.
    """

    key = models.CharField(max_length=80, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    watch = models.ForeignKey(Watch, null=True, on_delete=models.CASCADE, related_name="notices")
    act = models.ForeignKey(LegalAct, null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16)
    text_fa = models.TextField()
    text_en = models.TextField()
    link = models.CharField(max_length=200, help_text="Path within this site, without language")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    mail_due_at = models.DateTimeField(null=True, blank=True)
    mail_sent_at = models.DateTimeField(null=True, blank=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(fields=["mail_due_at"], name="notice_mail_due", condition=Q(mail_due_at__isnull=False)),
            models.Index(fields=["due_at"], name="notice_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["person"], name="notice_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["person", "-created_at"], name="notice_of_person"),
        ]

    def __str__(self) -> str:
        return self.key
