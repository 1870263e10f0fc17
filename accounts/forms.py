"""The words of the sign-in form, spelt as everywhere else."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm


class SignIn(LoginForm):
    """E-mail address, password, and whether to stay signed in on this machine."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail"
        self.fields["remember"].label = "Stay signed in on this machine"


class ResetPassword(ResetPasswordForm):
    """The e-mail address that the reset goes to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail"
