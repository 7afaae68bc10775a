"""Makes what people install: `python .ci/packing.py wheel` and `python .ci/packing.py starter`.

In: this checkout. Out: build/wheel/knm-VERSION-py3-none-any.whl, with an empty bank in it, and build/knm-starter.zip:
that wheel and a file to double-click on (`.ci/starter`). The wheel is built by the locked setuptools from a clean
copy, so that nothing from build/ slips in. Same checkout → same bytes.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

from builder import beginning
from builder.artifacts import ZIP_DATE, WriteError, write_file

ROOT = Path(__file__).resolve().parents[1]
STARTER = ROOT / ".ci" / "starter"
INSIDE = "knm-starter"
RUNNABLE = ("start.sh", "start.command")
# Notepad and cmd.exe want CRLF; a shell wants LF.
CRLF = (".cmd", ".txt")
_EPOCH = "315532800"  # 1 January 1980, the first day a zip can hold


def build_wheel() -> tuple[str, bytes]:
    """Return the name and the bytes of the wheel. Raises CalledProcessError when setuptools fails."""
    with tempfile.TemporaryDirectory() as folder:
        copy, out = Path(folder, "bron"), Path(folder, "uit")
        shutil.copytree(
            ROOT / "builder", copy / "builder", ignore=shutil.ignore_patterns("__pycache__", ".*")
        )
        for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-content"):
            shutil.copyfile(ROOT / name, copy / name)
        for name, raw in beginning.files(ROOT).items():
            target = copy / "builder" / beginning.PACKED.relative_to(ROOT / "builder") / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(raw)
        for path in copy.rglob("*"):  # the wheel keeps the mode of each file: not that of this computer
            path.chmod(0o755 if path.is_dir() else 0o644)
        pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
        subprocess.run(
            [*pip, "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(out), str(copy)],
            check=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": _EPOCH},
        )
        (made,) = out.glob("*.whl")
        return made.name, made.read_bytes()


def versions() -> bytes:
    """Return the locked versions as constraints for pip: without hashes, since other systems need other packages too."""
    lock = (ROOT / "requirements" / "product.txt").read_text(encoding="utf-8")
    return "".join(
        f"{pin}\n" for pin in re.findall(r"^([a-z0-9][\w.-]*==[\w.!+-]+)", lock, re.MULTILINE)
    ).encode()


def starter_files(wheel: str, content: bytes) -> dict[str, bytes]:
    """Return every file of the starter by its path in the zip; a path that ends in / is an empty folder."""
    files = {path.name: path.read_bytes() for path in sorted(STARTER.iterdir()) if path.is_file()}
    files["programma/start.py"] = files.pop("start.py")
    files["LICENSE.txt"] = (ROOT / "LICENSE").read_bytes()
    files["LICENSE-content.txt"] = (ROOT / "LICENSE-content").read_bytes()
    files = {name: raw.replace(b"\n", b"\r\n") if name.endswith(CRLF) else raw for name, raw in files.items()}
    files[f"programma/{wheel}"] = content
    files["programma/versies.txt"] = versions()
    digest = hashlib.sha256(content + versions()).hexdigest()
    files["programma/versie.txt"] = f"{wheel} {digest}\n".encode()
    return files


def starter_zip(files: dict[str, bytes]) -> bytes:
    """Return the zip: sorted, one fixed date, and the start files may be run."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in sorted(files.items()):
            info = zipfile.ZipInfo(f"{INSIDE}/{name}", ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # Unix, whoever packs: only then the mode counts
            mode = 0o40755 if name.endswith("/") else 0o100755 if name in RUNNABLE else 0o100644
            info.external_attr = mode << 16 | (0x10 if name.endswith("/") else 0)
            archive.writestr(info, raw)
    return buffer.getvalue()


def main(what: str) -> int:
    """Write the wheel, or the starter, under build/; return the exit code."""
    try:
        wheel, content = build_wheel()
        target = ROOT / "build" / "wheel" / wheel
        if what == "starter":
            target = ROOT / "build" / f"{INSIDE}.zip"
            content = starter_zip(starter_files(wheel, content))
        write_file(target, content)
    except subprocess.CalledProcessError:
        print("De wheel is niet gebouwd. Hierboven staat wat pip zegt.", file=sys.stderr)
        return 1
    except WriteError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Gemaakt: {target.relative_to(ROOT).as_posix()} ({len(content) // 1024} kB).")
    return 0


if __name__ == "__main__":
    if sys.argv[1:] not in (["wheel"], ["starter"]):
        sys.exit("Gebruik: python .ci/packing.py wheel, of: python .ci/packing.py starter")
    sys.exit(main(sys.argv[1]))
