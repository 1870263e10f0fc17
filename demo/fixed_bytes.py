"""Office files whose bytes do not depend on the time at which they were written."""

import re
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path


def write_zip_dated(content: bytes, written: datetime, out: Path) -> None:
    """``out`` holds the same members as the zip ``content``, all dated ``written``."""
    stamp = written.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with (
        zipfile.ZipFile(BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            body = source.read(name)
            if name == "docProps/core.xml":
                body = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, body)
            member = zipfile.ZipInfo(name, written.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, body)
