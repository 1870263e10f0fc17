"""Who signs in."""

OWNER = "paralegal@assize.example"
WITH_FACTOR = "solicitor@assize.example"
PASSWORD = "correct horse battery staple"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
