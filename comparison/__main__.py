"""``python -m comparison``: keys, signed jobs and signed answers, without network, database or site."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from comparison import cleanroom, signing
from comparison.evaluation.staging import freeze
from core.errors import AssizeError, Conflict, NotFound
from core.keys import fingerprint, key_at

INTERRUPTED = 130
"""What a shell expects of a program that was stopped by hand."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command has run; its exit code comes from the error tree."""
    options = parser().parse_args(arguments)
    try:
        answer = options.command(options)
    except AssizeError as refusal:
        sys.stderr.write(f"{refusal.code}: {refusal}\n")
        return refusal.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. What was finished is kept: the same command takes it up.\n")
        return INTERRUPTED
    told = json.dumps(answer, indent=2, ensure_ascii=False) if options.json else _in_words(answer)
    sys.stdout.write(f"{told}\n")
    return 0


def parser() -> ArgumentParser:
    """The commands, and what each takes."""
    whole = ArgumentParser("python -m comparison", description=__doc__)
    commands = whole.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Any, words: str, file: str, what: str) -> ArgumentParser:
        one = commands.add_parser(name, help=words, description=words)
        one.add_argument("file", metavar=file, type=Path, help=what)
        one.add_argument("--json", action="store_true", help="print one JSON document")
        one.set_defaults(command=command)
        return one

    run = add("run", _run, "run a signed job and sign its answer", "JOB", "the job; JOB.sig stands beside it")
    run.add_argument("--out", type=Path, required=True, help="folder for the answer")
    run.add_argument("--key", type=Path, required=True, help="the clean room's own key")
    run.add_argument(
        "--signed-by",
        action="append",
        default=[],
        metavar="FINGERPRINT",
        help="of the key that may ask for jobs",
    )
    run.add_argument("--models", type=Path, help="folder with the models, or a TOML file with [models]")
    add(
        "key",
        _key,
        "make a key, or show the public half of one",
        "FILE",
        "where the key stands; made if absent",
    )
    job = add(
        "freeze", _freeze, "fix a specification as a job", "SPEC", "TOML file, as manage.py compare reads"
    )
    job.add_argument("--out", type=Path, required=True, help="file for the job; must not exist")
    sign = add("sign", _sign, "sign a file", "FILE", "FILE.sig comes to stand beside it")
    sign.add_argument("--key", type=Path, required=True, help="the key that signs")
    verify = add("verify", _verify, "check a file's signature", "FILE", "FILE.sig stands beside it")
    verify.add_argument(
        "--signed-by",
        action="append",
        default=[],
        metavar="FINGERPRINT",
        help="of a key that is known to you",
    )
    return whole


def _run(options: Namespace) -> dict[str, Any]:
    key = cleanroom.private_key(options.key)
    return cleanroom.run(options.file, options.out, key, options.signed_by, options.models).as_json()


def _key(options: Namespace) -> dict[str, Any]:
    key = cleanroom.private_key(options.file) if options.file.exists() else key_at(options.file)
    public = key.public_key()
    return {
        "public_key": signing.PREFIX + public.public_bytes_raw().hex(),
        "fingerprint": fingerprint(public),
    }


def _freeze(options: Namespace) -> dict[str, Any]:
    if options.out.exists():
        raise Conflict(f"{options.out} exists already.", remedy="Name another file; jobs are kept.")
    job = freeze(options.file)
    options.out.write_text(job.text, encoding="utf-8")
    return {"job": str(options.out), "sha256": job.sha256}


def _sign(options: Namespace) -> dict[str, Any]:
    made = signing.sign_file(_there(options.file), cleanroom.private_key(options.key))
    signature = signing.read_signature(made.read_bytes())
    return {"signature": str(made), "sha256": signature.sha256, "signed_by": signature.fingerprint}


def _verify(options: Namespace) -> dict[str, Any]:
    known = dict.fromkeys(options.signed_by, "given on the command line")
    signature = signing.check_file(_there(options.file), known).require(options.file.name)
    return {
        "outcome": signing.Outcome.GOOD,
        "sha256": signature.sha256,
        "signed_by": signature.fingerprint,
        "signed_at": signature.signed_at,
    }


def _there(file: Path) -> Path:
    if not file.is_file():
        raise NotFound(f"There is no file {file}.", remedy="Check the path.")
    return file


def _in_words(answer: dict[str, Any]) -> str:
    lines = []
    for name, value in answer.items():
        label = name.replace("_", " ")
        if isinstance(value, dict):
            lines += [f"{label}:", *(f"  {key}: {one}" for key, one in value.items())]
        else:
            lines.append(f"{label}: {('; '.join(value) or 'none') if isinstance(value, list) else value}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
