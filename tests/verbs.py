"""Running a verb of `knm` in this process, as a user would: words in, exit code and output out."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from builder.cli import main


def knm(*words: str | Path, given: str | bytes | None = None) -> Result:
    """Run a verb where the test stands; what goes wrong inside is raised, and no user ever sees a traceback."""
    result = CliRunner().invoke(main, [str(word) for word in words], input=given)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "Traceback" not in result.output
    return result
