"""The words of click in Dutch: what a wrong command is answered with, and the headings of every help.

Click asks `gettext` for each sentence, but gettext finds a translation by the language of the machine only, and ours is
Dutch everywhere. So the two names that click calls are pointed here. A sentence that is not here stays as it is;
a test holds this list against the click of the lock.
"""

from __future__ import annotations

from collections.abc import Sequence

import click
from click import core, decorators, exceptions, formatting, parser, termui, types

DUTCH = {
    # the headings of a help
    "Usage:": "Gebruik:",
    "Options": "Keuzes",
    "Commands": "Opdrachten",
    "Positional arguments": "Wat je erachter zet",
    "Show this message and exit.": "Laat deze uitleg zien.",
    "Show the version and exit.": "Laat zien welke versie dit is.",
    "%(prog)s, version %(version)s": "%(prog)s, versie %(version)s",
    "default: {default}": "standaard: {default}",
    "required": "verplicht",
    "file": "bestand",
    "directory": "map",
    "path": "pad",
    # what a wrong command is answered with
    "Error: {message}": "{message}",
    "Try '{command} {option}' for help.": "Uitleg? Typ: {command} {option}",
    "No such command {name!r}.": "De opdracht {name!r} bestaat niet.",
    "No such option {name!r}.": "De keuze {name!r} bestaat niet.",
    "Did you mean {possibility}?": "Bedoel je {possibility}?",
    "(Did you mean one of: {possibilities}?)": "Bedoel je een van deze: {possibilities}?",
    "Missing command.": "Zet er een opdracht achter.",
    "Missing argument": "Hier ontbreekt nog iets. Vul in:",
    "Missing option": "Hier ontbreekt een keuze die verplicht is:",
    "Missing parameter": "Hier ontbreekt nog iets. Vul in:",
    "Choose from:\n\t{choices}": "Kies uit:\n\t{choices}",
    "Got unexpected extra argument ({args})": "Er staat een woord te veel: {args}. Haal het weg.",
    "Got unexpected extra arguments ({args})": "Er staan woorden te veel: {args}. Haal ze weg.",
    "Option {name!r} requires an argument.": "Achter de keuze {name!r} hoort nog iets. Vul het in.",
    "Option {name!r} does not take a value.": "Achter de keuze {name!r} hoort niets. Haal weg wat erachter staat.",
    "Invalid value: {message}": "Dit kan niet. {message}",
    "Invalid value for {param_hint}: {message}": "Bij {param_hint} kan dit niet. {message}",
    "{value!r} is not {choice}.": "{value!r} is geen keuze. Kies {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} is geen keuze. Kies uit {choices}.",
    "{value!r} is not a valid {number_type}.": "{value!r} is geen {number_type}.",
    "{value} is not in the range {range}.": "{value} is te klein of te groot. Kies een getal: {range}.",
    "{name} {filename!r} does not exist.": "{name} {filename!r} bestaat niet. Kijk naar de naam en de map.",
    "{name} {filename!r} is a file.": "{filename!r} is een bestand. Noem een map.",
    "{name} {filename!r} is a directory.": "{filename!r} is een map. Noem een bestand.",
    "{name} {filename!r} is not readable.": "{name} {filename!r} mag je niet lezen. Kijk naar de rechten.",
    "{name} {filename!r} is not writable.": "In {filename!r} mag je niet schrijven. Kijk naar de rechten.",
    "Aborted!": "Gestopt.",
}
_ASIDE = {"[OPTIONS]": "[KEUZES]", "COMMAND [ARGS]...": "OPDRACHT …"}


def dutch(text: str) -> str:
    """Return a sentence of click in Dutch; one that is not known as it is."""
    return DUTCH.get(text, text)


def _one_or_more(one: str, more: str, number: int) -> str:
    return dutch(one if number == 1 else more)


class _Formatter(click.HelpFormatter):
    """A help whose first line is Dutch too."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is used."""
        for english, ours in _ASIDE.items():
            args = args.replace(english, ours)
        super().write_usage(prog, args, prefix)


def _between(bounds: click.IntRange | click.FloatRange) -> str:
    if bounds.max is None:
        return f"{bounds.min} of meer"
    return f"{bounds.min} tot en met {bounds.max}" if bounds.min is not None else f"ten hoogste {bounds.max}"


def speak_dutch() -> None:
    """Let click speak Dutch in this process, before the first command is made."""
    named: Sequence[tuple[object, str, object]] = (
        *((module, "_", dutch) for module in (core, decorators, exceptions, formatting, parser, termui, types)),
        *((module, "ngettext", _one_or_more) for module in (core, exceptions, parser, types)),
        (click.Context, "formatter_class", _Formatter),
        (type(click.STRING), "name", "tekst"),
        (click.IntRange, "name", "heel getal"),
        (click.FloatRange, "name", "getal"),
        *((kind, "_describe_range", _between) for kind in (click.IntRange, click.FloatRange)),
    )
    for where, name, ours in named:
        setattr(where, name, ours)
