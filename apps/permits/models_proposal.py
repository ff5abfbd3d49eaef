"""What was proposed, version by version, and the checks that a submission was frozen with."""

from django.conf import settings
from django.db import models


class PermitProposal(models.Model):
    """One version of what the owner of a request proposes; append-only by trigger.

    `body`: the canonical document (docs/proposal.md) without its digest; the footprint stands in it.
    """

    request = models.ForeignKey("permits.PermitRequest", on_delete=models.PROTECT, related_name="proposals")
    version = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    body = models.BinaryField(help_text="Canonical JSON")
    digest = models.CharField(max_length=80)
    source_sha256 = models.CharField(max_length=64, blank=True, help_text="Of the file that the footprint came from")

    class Meta:
        ordering = ("request", "version")
        constraints = (models.UniqueConstraint(fields=["request", "version"], name="one_proposal_per_version"),)

    def __str__(self) -> str:
        return f"{self.request_id} v{self.version}"


class FrozenChecks(models.Model):
    """A proposal with its checks against one frozen extract, kept for good; append-only by trigger.

    `proposal` null: the kind of permit needs none. `extract_digest`: the frozen extract they were made with.
    """

    request = models.ForeignKey("permits.PermitRequest", on_delete=models.PROTECT, related_name="frozen_checks")
    proposal = models.ForeignKey(PermitProposal, null=True, on_delete=models.PROTECT, related_name="+")
    extract_digest = models.CharField(max_length=80)
    body = models.BinaryField(help_text="Canonical JSON, gzipped")
    digest = models.CharField(max_length=80)
    frozen_at = models.DateTimeField()

    class Meta:
        ordering = ("frozen_at", "pk")

    def __str__(self) -> str:
        return f"{self.request_id} {self.digest}"
