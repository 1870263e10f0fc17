"""People who sign in. Which matters they may see is ``cases.Membership``."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models


class People(BaseUserManager["User"]):
    """Creates users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with a hashed password, or an unusable one when ``password`` is None."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user who may run the site; being one opens no matter."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person, known by e-mail address."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField("e-mail", unique=True)
    name = models.CharField(max_length=200)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = People()  # type: ignore[assignment,misc]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The person's name as they write it."""
        return self.name

    def get_short_name(self) -> str:
        """The person's name as they write it."""
        return self.name


class AccountEvent(models.Model):
    """What happened at the door: a sign-in, a refusal, a change of a password or second factor.

    The ledger's chain ``site`` tells of these rows and not of the person's own, which changes with every
    sign-in. An address that belongs to nobody is not kept: people type passwords into that field.
    """

    class What(models.TextChoices):
        """Past tense, as the ledger reads."""

        SIGNED_IN = "signed in"
        REFUSED = "was refused at sign-in"
        CODE_REFUSED = "gave a wrong second factor"
        FACTOR_ADDED = "added a second factor"
        FACTOR_REMOVED = "removed a second factor"
        CODES_RENEWED = "renewed the recovery codes"
        PASSWORD_CHANGED = "changed the password"  # noqa: S105 - a verb
        PASSWORD_RESET = "reset the password by mail"  # noqa: S105 - a verb

    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="account_events")
    what = models.CharField(max_length=30, choices=What)

    def __str__(self) -> str:
        return self.user.email if self.user else "an address without an account"
