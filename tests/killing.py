"""A process that runs `knm` again and again and kills it half-way. Run by `test_crash.py`:
`python -m tests.killing BANK TEMPLATES`, with a bank to check once, so that word lists are read once, and a folder for
the templates that were compiled.

Lines of JSON come in, lines of JSON go out. Each request is done in a fork, so that the libraries are loaded once;
`werkplaats` is not a verb but a deed of `workshop/deeds.py`:
`cwd`, `args`, and `event` (kill just before that change of the disk, from 1), `seconds` (kill after so long), `limit`
(no file may grow larger than so many bytes) or `nobody` (without the rights of root). The answer has `code`, `events`
(changes of the disk that were begun) and `output`.
"""

from __future__ import annotations

import encodings
import gc
import importlib
import json
import os
import pkgutil
import resource
import signal
import sys
import tempfile
import time
import traceback
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import Any

from tests.templates import keep_compiled

CHANGES = {
    "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.chmod", "os.truncate", "shutil.rmtree",
    "shutil.copyfile", "ctypes.dlopen",
}  # fmt: skip
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def load_everything() -> None:
    """Import all of the product, and what the libraries import only when they are used."""
    import builder
    from builder.website import bouwplan

    for found in pkgutil.walk_packages(builder.__path__, "builder."):
        importlib.import_module(found.name)
    for name in ("tests.workshop.deeds", "mkdocs.commands.build", "material", "pygments.lexers", "markdown.extensions"):
        importlib.import_module(name)
    for found in pkgutil.iter_modules(encodings.__path__, "encodings."):
        with suppress(ImportError):  # those of Windows
            importlib.import_module(found.name)
    bouwplan.read_house()


def check_once(bank: str) -> None:
    """Check a bank, and say nothing."""
    from builder.cli import main

    here = os.getcwd()
    os.chdir(bank)
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere), suppress(SystemExit):
        main(["check"], prog_name="knm")
    os.chdir(here)


def run(request: dict[str, Any], report: str) -> None:
    """Be `knm`; the report is a file that already exists."""
    os.chdir(request["cwd"])
    out = os.open(report, os.O_WRONLY)
    os.dup2(out, 1)
    os.dup2(out, 2)
    events = 0

    def on_event(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal events
        if arguments and str(arguments[0]).startswith(sys.argv[2]):  # a compiled template: ours, not of the product
            return
        if event in CHANGES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES):
            events += 1
            os.write(3, b".")
            if events == request.get("event"):
                os.kill(os.getpid(), signal.SIGKILL)

    if request.get("nobody"):
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    if "limit" in request:
        resource.setrlimit(resource.RLIMIT_FSIZE, (request["limit"], request["limit"]))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    sys.addaudithook(on_event)
    from builder.cli import main

    code = 0
    try:
        if request["args"][0] == "werkplaats":
            from tests.workshop import deeds

            code = deeds.do(request["args"][1])
        else:
            main(request["args"], prog_name="knm")
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:
        traceback.print_exc()
        code = 99
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def serve() -> None:
    """Answer requests until there are no more."""
    load_everything()
    keep_compiled(Path(sys.argv[2]))
    check_once(sys.argv[1])
    gc.collect()
    gc.freeze()  # a fork need not look at, and so copy, all that was loaded
    answers = os.fdopen(os.dup(1), "w")
    answers.write("klaar\n")
    answers.flush()
    for line in sys.stdin:
        request = json.loads(line)
        reading, writing = os.pipe()
        # what is said goes through a pipe: a file would feel the limit too
        said, saying = os.pipe()
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            os.close(reading)
            os.close(said)
            if writing != 3:
                os.dup2(writing, 3)
            run(request, f"/dev/fd/{saying}")
        with suppress(OSError):  # both do it, so that it is done before anybody is killed
            os.setpgid(child, child)
        os.close(writing)
        os.close(saying)
        start = time.monotonic()
        if "seconds" in request:
            time.sleep(request["seconds"])
            with suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
        with os.fdopen(said, "rb") as stream:
            output = stream.read().decode("utf-8", "replace")
        with os.fdopen(reading, "rb") as stream:
            events = len(stream.read())
        _, status = os.waitpid(child, 0)
        answer = {
            "code": os.waitstatus_to_exitcode(status),
            "events": events,
            "output": output,
            "spent": time.monotonic() - start,
        }
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    tempfile.tempdir = None
    serve()
