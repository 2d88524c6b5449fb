"""Compile ``kernel.c`` with the C compiler of this machine: ``python app/kernel/build.py``, a second or two.

``make run`` and the builds of a wheel and of the image run this file alone: it needs no package of the application.

On x86-64 one library for each level of vector registers is made, of which ``load`` takes the best that the processor
has; elsewhere one. A name carries a hash of the source, so that what an older source gave is never loaded. Where there
is no compiler nothing is made, nothing fails, and NumPy computes.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

SOURCE = Path(__file__).with_name("kernel.c")
LIBRARIES = SOURCE.with_name("built")
FLAGS = ("-std=c11", "-O3", "-fno-math-errno", "-fno-trapping-math", "-ffp-contract=fast", "-fvisibility=hidden")
"""What lets a loop without branches be laid out for vector registers; none of them reorders a sum."""


def library(level: int) -> Path:
    """The library of a level; its name changes with the source."""
    return LIBRARIES / f"kernel-{sha256(SOURCE.read_bytes()).hexdigest()[:12]}-{level}.so"


def variants() -> dict[int, tuple[str, ...]]:
    """Per level the flags for the processor; a single level 0 where the compiler's own choice is all there is."""
    if platform.machine().lower() not in {"x86_64", "amd64"}:
        return {0: ()}
    return {number: (f"-march=x86-64-v{number}",) for number in (2, 3, 4)}


def compiler() -> list[str] | None:
    """The C compiler: ``CC`` if set, else cc, gcc or clang; None if there is none."""
    if os.environ.get("CC"):
        return os.environ["CC"].split()
    found = next((path for name in ("cc", "gcc", "clang") if (path := shutil.which(name))), None)
    return None if found is None else [found]


def build() -> list[Path]:
    """Make the libraries that are not there yet.

    Returns:
        those that are there now; none without a compiler, or where it or the folder refuses.
    """
    command = compiler()
    made = []
    for level, flags in variants().items():
        target = library(level)
        try:
            if not target.is_file() and command is not None:
                target.parent.mkdir(exist_ok=True)
                part = target.with_suffix(f".{os.getpid()}")
                subprocess.run(
                    [*command, *FLAGS, *flags, "-fPIC", "-shared", str(SOURCE), "-o", str(part), "-lm"],
                    check=True,
                    capture_output=True,
                    timeout=120,
                )
                part.replace(target)
        except (OSError, subprocess.SubprocessError):
            # A compiler too old for a level, or a folder that may not be written to: the other levels serve.
            continue
        if target.is_file():
            made.append(target)
    for stale in set(target.parent.glob("*.so")) - set(made):
        stale.unlink(missing_ok=True)
    return made


if __name__ == "__main__":
    libraries = build()
    print(f"{len(libraries)} compiled" if libraries else "no C compiler: NumPy computes", file=sys.stderr)
