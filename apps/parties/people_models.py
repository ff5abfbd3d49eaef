"""Persons (the user model), offices, and the outbox of messages to people."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models


class PersonManager(BaseUserManager["Person"]):
    """Makes persons by mobile number."""

    def create_user(self, mobile: str, password: str | None = None, **extra: Any) -> "Person":
        """A person; without a password they sign in by one-time code only."""
        person = self.model(mobile=mobile, **extra)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, mobile: str, password: str | None = None, **extra: Any) -> "Person":
        """A person who may enter the admin site."""
        return self.create_user(mobile, password, is_staff=True, is_superuser=True, **extra)


class Person(AbstractBaseUser, PermissionsMixin):
    """A natural person, known by a mobile number in canonical form (+98…)."""

    mobile = models.CharField(max_length=20, unique=True)
    mobile_verified = models.BooleanField(default=False)
    name_fa = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    national_id = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    office_gate: Callable[[], bool] | None = None  # not a column: of the request this person sent, see office_gate.py
    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "mobile"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name_fa or self.mobile


class Office(models.Model):
    """An office that answers, confirms or is asked."""

    code = models.SlugField(max_length=40, unique=True)
    name_fa = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    contact_fa = models.CharField(max_length=240, blank=True)
    contact_en = models.CharField(max_length=240, blank=True)

    def __str__(self) -> str:
        return self.code


class OutboxMessage(models.Model):
    """A message handed to the sender. In the demo it is shown on the outbox page instead of being sent."""

    to = models.CharField(max_length=40)
    channel = models.CharField(max_length=10, default="sms")
    body_fa = models.TextField()
    body_en = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.channel} → {self.to}"
