"""A process in which a reader meets one input with 200 MB and little time. Run by `test_fuzz.py`: `python -m tests.bounded`.

Lines of JSON come in: `target` and `file`. Each is read in a fork, so that a reader that eats all memory or never ends
takes only itself along. Lines of JSON go out: `seconds` of the processor, and `error` (empty when all is well).
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

MEMORY = 200 * 1024 * 1024
PATIENCE = 4  # seconds of the processor: then it is killed


def targets() -> dict[str, Callable[[str, bytes], object]]:
    """Return every reader of what people give us, by name; each takes the name of a file and its bytes."""
    from builder import language, pictures, report
    from builder.analysis.catalogue import from_bank
    from builder.analysis.read_answers import read_answers
    from builder.analysis.told import Settings
    from builder.loading.document import Document
    from builder.loading.load import load
    from builder.loading.read import LazyPositions, parse
    from builder.loading.tidy import tidy
    from builder.loading.validate import load_schemas, validate
    from builder.project import Project
    from builder.visits.evaluation import read_evaluation
    from builder.visits.read_request import read_request
    from tests.conftest import ROOT, VOORBEELDBANK, CopiedProject

    schemas = load_schemas(ROOT / "schemas")
    project: Project = CopiedProject(VOORBEELDBANK)
    bank, _ = load(project)
    catalogue, _ = from_bank(bank, bank.toetsen["kleine-toets-a"])
    assert catalogue is not None
    zipf = language.installed_zipf()
    words = frozenset({"huurtoeslag"})

    def read_yaml(name: str, content: bytes) -> None:
        kind = "les" if "lessen" in name else "item"
        data, text, found = parse(name, content)
        if data is not None:
            found = [*found, *validate([Document(name, kind, data, LazyPositions(text))], schemas)[1]]
        assert data is not None or found
        report.as_text(found, False)
        report.as_json(found, 1, 1)

    def judge(name: str, content: bytes) -> None:
        text = content.decode("utf-8", "replace")
        judged = language.judge(text, "A2", words, zipf=zipf)
        assert all(0 <= one.start <= one.end <= len(text) for one in judged.findings)

    def answers(name: str, content: bytes) -> None:
        reading = read_answers([(name, content)], catalogue, Settings())
        assert reading.answers is not None or reading.found
        report.as_text(reading.found, False)

    def request(name: str, content: bytes) -> None:
        made, found = read_request(name, content)
        assert made is not None or found
        report.as_text(found, False)

    def evaluation(name: str, content: bytes) -> None:
        made, found = read_evaluation(name, content)
        assert made is not None or found
        report.as_text(found, False)

    known: dict[str, Callable[[str, bytes], object]] = {
        "yaml": read_yaml,
        "tidy": lambda name, content: tidy(name, content, ["id", "versie", "stam", "opties"]),
        "language": judge,
        "answers": answers,
        "visits": request,
        "evaluation": evaluation,
        "picture": pictures.inspect,
    }
    if (ROOT / "builder" / "intake").is_dir():
        known["intake"] = importlib.import_module("builder.intake.reading").read
    return known


def faulty(name: str, content: bytes) -> None:
    """A reader with the faults that are looked for, to prove that they are seen."""
    if name == "memory":
        bytearray(2 * MEMORY)
    elif name == "time":
        while True:
            pass
    elif name == "end":
        os.abort()
    else:
        raise ValueError(name)


def _meet(reader: Callable[[str, bytes], object], name: str, content: bytes) -> str:
    used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    spent = round(time.process_time())
    resource.setrlimit(resource.RLIMIT_CPU, (spent + PATIENCE, spent + PATIENCE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        reader(name, content)
    except MemoryError:
        return "more than 200 MB"
    except BaseException:
        return traceback.format_exc()[-3000:]
    return ""


def serve() -> None:
    """Answer requests until there are no more."""
    known = targets()
    gc.collect()
    gc.freeze()  # a fork need not look at, and so copy, all that was loaded
    sys.stdout.write(json.dumps(sorted(known)) + "\n")
    sys.stdout.flush()
    for line in sys.stdin:
        asked = json.loads(line)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            start = time.process_time()
            content = Path(asked["file"]).read_bytes()
            error = _meet(known.get(asked["target"], faulty), asked["name"], content)
            told = json.dumps({"seconds": time.process_time() - start, "error": error})
            with suppress(OSError):
                os.write(writing, told.encode("ascii"))
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as stream:
            said = stream.read().decode("ascii")
        _, status = os.waitpid(child, 0)
        if not said:
            code = os.waitstatus_to_exitcode(status)
            why = "never ends" if code in (-signal.SIGXCPU, -signal.SIGKILL) else f"ended with {code}"
            said = json.dumps({"seconds": PATIENCE, "error": why})
        sys.stdout.write(said + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
