"""The program that converts: the file that its request names, or with ``--serve`` one after another."""

import json
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

from core.errors import NotConverted
from evidence.files import network
from evidence.files.convert.conversion import Conversion, Job
from evidence.files.convert.serve import serve
from evidence.files.limits import Limits

_NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request")


def main(request: dict[str, Any]) -> None:
    """The answer file says where the PDF lies, or why there is none."""
    network.cut_off()
    sys.addaudithook(_refuse_network)
    answer = Path(request["answer"])
    job = Job(Path(request["source"]), request["name"], answer.parent, Limits(**request["limits"]))
    try:
        result = asdict(_convert(request["converter"], job))
    except NotConverted as error:
        result = {"error": {"message": error.message, "reason": error.reason, "remedy": error.remedy}}
    except MemoryError:
        result = {
            "error": {
                "message": "Converting the file needs more memory than one conversion may use.",
                "reason": "too-large",
                "remedy": "Split it into parts and send each as a file of its own.",
            }
        }
    part = answer.with_suffix(".part")
    part.write_text(json.dumps(result, default=str), encoding="utf-8")
    part.rename(answer)


def _convert(converter: str, job: Job) -> Conversion:
    module = import_module(f"evidence.files.convert.{converter}")
    conversion: Conversion = module.convert(job)
    return conversion


def _refuse_network(event: str, _arguments: tuple[Any, ...]) -> None:
    if event in _NETWORK:
        raise PermissionError("A converter may not use the network.")


if __name__ == "__main__":
    if sys.argv[1] == "--serve":
        serve(main)
    else:
        main(json.loads(sys.argv[1]))
