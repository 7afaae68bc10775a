"""Templates that were compiled before: the many builds of the tests use copies of the same ones."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import jinja2
from jinja2.environment import Environment


class Compiled(jinja2.FileSystemBytecodeCache):
    """Knows a template by its name, its source and how it is read, wherever its copy stands."""

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> jinja2.bccache.Bucket:
        escape = getattr(environment.autoescape, "__qualname__", environment.autoescape)
        options = (escape, environment.trim_blocks, environment.lstrip_blocks, environment.keep_trailing_newline)
        return super().get_bucket(environment, f"{name} {options} {sorted(environment.extensions)}", None, source)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        with suppress(OSError):  # what is not kept is compiled again
            super().dump_bytecode(bucket)


def keep_compiled(folder: Path) -> None:
    """Let every environment of jinja2 in this process use what is in the folder."""
    compiled = Compiled(str(folder))
    jinja2.Environment.bytecode_cache = property(lambda _: compiled, lambda *_: None)  # type: ignore[assignment]
