"""What start.cmd, start.sh and start.command run: installs knm beside itself and opens the workshop.

In: the folder of the unpacked zip. Out: `.venv` with the wheel of `programma/` in it, and a running workshop, which
makes the folder `bank` when there is none yet. Only the standard library, and every failure is a Dutch sentence. The
start files have looked for a Python that is new enough.
"""

import filecmp
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.path.join(HERE, "programma")
VENV = os.path.join(HERE, ".venv")
PYTHON = (
    os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")
)
BANK = os.path.join(HERE, "bank")
# Equal to programma/versie.txt when this very program is installed, and to nothing else.
STAMP = os.path.join(VENV, "knm-versie.txt")
RUN = "from builder.cli import main; main()"


class Failed(Exception):
    """A step did not work; the message is Dutch and says what to do."""


def ran(command, quiet=False):
    """Run a command, let its output through unless `quiet`, and return whether it went well."""
    out = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.call(command, cwd=HERE, stdout=out, stderr=out) == 0
    except OSError as error:
        if not quiet:
            print(error)
        return False


def installed():
    """Return whether `.venv` works in this place and holds this very version."""
    mine = os.path.join(PROGRAM, "versie.txt")
    same = os.path.isfile(STAMP) and filecmp.cmp(STAMP, mine, shallow=False)
    return same and ran([PYTHON, "-c", "import builder.cli"], quiet=True)


def install():
    """Make `.venv` anew and put the program in it. Raises `Failed`."""
    wheels = sorted(name for name in os.listdir(PROGRAM) if name.endswith(".whl"))
    if len(wheels) != 1:
        raise Failed(
            "In de map programma hoort precies één bestand dat eindigt op .whl. Pak de zip opnieuw uit."
        )
    print("De eerste keer haalt dit programma onderdelen op. Dat duurt een paar minuten.")
    sys.stdout.flush()
    if os.path.isdir(VENV):
        shutil.rmtree(VENV, ignore_errors=True)
    if not ran([sys.executable, "-m", "venv", VENV]):
        raise Failed(
            "De map .venv is niet gemaakt. Mag je in deze map schrijven? Zet haar anders in Documenten.\n"
            "Op Linux mist soms een onderdeel: sudo apt-get install python3-venv"
        )
    # -I: what another program put in the environment for Python does not count here
    pip = [PYTHON, "-I", "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet"]
    versions = ["--constraint", os.path.join(PROGRAM, "versies.txt"), "--only-binary", ":all:"]
    if not ran([*pip, *versions, os.path.join(PROGRAM, wheels[0])]):
        raise Failed(
            "De onderdelen zijn niet opgehaald of niet geïnstalleerd. Hierboven staat wat pip zegt.\n"
            "Heb je internet? Houdt je school downloads tegen? Vraag de ICT-afdeling of pip onderdelen mag ophalen.\n"
            "Staat de map heel diep? Zet haar dan op een korte plek, bijvoorbeeld in Documenten."
        )
    shutil.copyfile(os.path.join(PROGRAM, "versie.txt"), STAMP)


def main():
    """Install when needed, then run `knm start` with the given options; return the exit code."""
    try:
        if not installed():
            install()
    except OSError as error:
        raise Failed(
            f"Een bestand is niet geschreven of gelezen: {error}\n"
            "Is de schijf vol, of mag je hier niet schrijven? Staat de werkplaats nog open? Sluit haar eerst."
        ) from error
    sys.stdout.flush()
    workshop = subprocess.Popen([PYTHON, "-c", RUN, "start", "--new", BANK, *sys.argv[1:]], cwd=HERE)
    while True:
        try:
            return workshop.wait()
        except KeyboardInterrupt:  # Ctrl-C reaches the workshop too; wait until it has closed
            continue


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # an old code page must not stop a message
            stream.reconfigure(errors="replace")
    try:
        code = main()
    except Failed as failure:
        print(f"\nHet is niet gelukt.\n{failure}\nLees ook LEESMIJ.txt.")
        code = 1
    except KeyboardInterrupt:
        print("\nGestopt. Start gerust opnieuw.")
        code = 1
    sys.exit(code)
