"""Who may reach what of a bundle: its versions, redacted copies, and files put in to be checked."""
