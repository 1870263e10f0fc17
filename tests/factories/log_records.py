"""Records of analyses of logs, made by the analysis itself."""

import tempfile
from functools import cache
from pathlib import Path

from comparison.logs import analyse
from comparison.logs.analyse import FILE
from tests.bench.api_logs import write_logs, write_samples


@cache
def a_log_record(exchanges: int = 3000, seed: int = 11) -> bytes:
    """The file of an analysis of made logs, in which a campaign was drawn; with samples."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = write_logs(folder / "logs.jsonl", exchanges, seed, campaign=0.6)
        write_samples(folder / "samples.jsonl", made, 200, seed, taken=0.3)
        (folder / "spec.toml").write_text(
            '[logs]\ntitle = "API logs, January 2026"\nfile = "logs.jsonl"\n'
            '[samples]\nfile = "samples.jsonl"\n'
        )
        analyse(folder / "spec.toml", folder / "out")
        return (folder / "out" / FILE).read_bytes()
