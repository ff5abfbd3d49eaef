"""Documents of a case and their versions. Files themselves lie in the storage; a version is never changed."""

from django.conf import settings
from django.db import models


class CaseDocument(models.Model):
    """A document of a case. `code`: of the type's list of documents; blank = one that nobody asked for."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="documents")
    code = models.SlugField(max_length=40, blank=True)
    title = models.CharField(max_length=160)
    side = models.CharField(max_length=8, choices=[("owner", "Owner"), ("office", "Office")], default="owner")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.code} of {self.case_id}"


class DocumentVersion(models.Model):
    """One file as it was sent. Append-only by trigger, but for the outcome of a later scan.

    `name`: as the sender's device called it, for showing only; `stored`: the storage's own random name.
    `scan`: unscanned, clean, infected or failed; `scan_said`: what the scanner said.
    """

    document = models.ForeignKey(CaseDocument, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    stored = models.CharField(max_length=200, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=80)
    family = models.CharField(max_length=16)
    pages = models.PositiveIntegerField(null=True, blank=True)
    scan = models.CharField(max_length=12, default="unscanned")
    scan_said = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=24, help_text="As what they sent it: applicant, agent, case_officer …")
    at = models.DateTimeField()

    class Meta:
        ordering = ("document", "number")
        constraints = [
            models.UniqueConstraint(fields=("document", "number"), name="document_version_number_once"),
            models.UniqueConstraint(fields=("document", "sha256"), name="document_content_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} v{self.number}"
