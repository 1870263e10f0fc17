"""Every attempt to build a bundle, and every version that came of one."""

from django.db import models

from bundles.models.contents import Bundle


class Build(models.Model):
    """One attempt to build a bundle, and how far it has come.

    ``documents`` says what became of each document in turn, once that is known: the engine's report on it,
    with the exhibit's id and, where it could not be included, the remedy.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Building"
        BUILT = "built", "Built"
        STOPPED = "stopped", "Stopped"

    class Variant(models.TextChoices):
        FULL = "full", "Whole"
        REDACTED = "redacted", "With redacted copies in place of their originals"

    TRANSITIONS = {
        State.WAITING: {State.RUNNING},
        State.RUNNING: {State.RUNNING, State.BUILT, State.STOPPED},
        State.BUILT: set(),
        State.STOPPED: set(),
    }

    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, related_name="builds")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_by = models.CharField(max_length=200)
    asked_by_id = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    on_failure = models.CharField(max_length=12, choices=Bundle.OnFailure, default=Bundle.OnFailure.STOP)
    variant = models.CharField(max_length=8, choices=Variant, default=Variant.FULL)
    privileged_confirmed = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    what = models.CharField(max_length=300, blank=True)
    message = models.TextField(blank=True)
    documents = models.JSONField(default=list, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.bundle}: {self.get_state_display()}"


class Version(models.Model):
    """A built bundle. Immutable: its file, page map, settings and the checker's verdict never change."""

    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, related_name="versions")
    build = models.OneToOneField(Build, on_delete=models.PROTECT, related_name="version")
    number = models.PositiveIntegerField()
    built_at = models.DateTimeField()
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField()
    report = models.JSONField()
    passed = models.BooleanField()

    class Meta:
        ordering = ["bundle", "-number"]
        constraints = [models.UniqueConstraint(fields=["bundle", "number"], name="version_number_unique")]

    def __str__(self) -> str:
        return f"{self.bundle}, version {self.number}"


class VersionFile(models.Model):
    """A further file of a version: a volume, what is new since the last one, a certificate. Immutable.

    Pages are those of the whole bundle, from 1; ``report`` holds what was checked or certified in it.
    """

    class Kind(models.TextChoices):
        VOLUME = "volume", "Volume"
        DELTA = "delta", "New since the version delivered before"
        CERTIFICATE = "certificate", "Certificate"
        SIGNED = "signed", "Signed copy"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=12, choices=Kind)
    number = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    first_page = models.PositiveIntegerField(null=True)
    last_page = models.PositiveIntegerField(null=True)
    report = models.JSONField(default=dict)

    class Meta:
        ordering = ["version", "kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "kind", "number"], name="version_file_unique")
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_kind_display().lower()} {self.number}"


class Delivery(models.Model):
    """A version that the court or a party has been given; what it holds keeps its page numbers. Immutable."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="deliveries")
    to = models.CharField(max_length=200)
    channel = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        ordering = ["version", "at", "pk"]
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"{self.version} to {self.to}"
