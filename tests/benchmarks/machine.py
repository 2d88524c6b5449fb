"""What a run ran on."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from app import kernel
from app.core.engine import Engine

PACKAGES = ("numpy", "orjson", "fastapi", "uvicorn", "torch", "jax", "micrograd")


def engine() -> Engine | None:
    """The compiled loops that are timed: the server's, or with ``KERNEL_LEVEL=3`` those for AVX2.

    With that, ``NPY_DISABLE_CPU_FEATURES="AVX512F AVX512CD AVX512_SKX …"`` and ``XLA_FLAGS=--xla_cpu_max_isa=AVX2`` the
    others of the run do without wider registers, too.
    """
    level = os.environ.get("KERNEL_LEVEL")
    if level is None:
        return kernel.engine()
    return next(each for each in kernel.engines() if each.name.endswith(f"v{level}"))


def machine() -> dict[str, str | int]:
    """Processor, number of cores this process may use, operating system."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return {"processor": processor(), "cores": usable, "system": f"{platform.system()} {platform.machine()}"}


def processor() -> str:
    """The processor's name as the system gives it."""
    listing = Path("/proc/cpuinfo")
    if listing.exists():
        for line in listing.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def versions() -> dict[str, str]:
    """Python's version and those of the packages that are installed."""
    found = {"Python": platform.python_version()}
    loops = engine()
    if loops is not None:
        found["loops"] = loops.name
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def load() -> float:
    """How many processes ran or waited to run, over the last minute."""
    return round(os.getloadavg()[0], 2)
