"""What hatchling runs before it packs a wheel: the compiled loops go along; the wheel is then one for this platform.

Where there is no C compiler the wheel is one for any platform, and NumPy computes.
"""

from __future__ import annotations

import importlib.util
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class KernelHook(BuildHookInterface):
    """Compiles ``app/kernel/kernel.c``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name the libraries as files of the wheel."""
        folder = Path(self.root) / "app" / "kernel"
        sys.path.insert(0, str(folder))
        try:
            spec = importlib.util.spec_from_file_location("kernel_build", folder / "build.py")
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            libraries = module.build()
        finally:
            sys.path.remove(str(folder))
        for library in libraries:
            build_data["force_include"][str(library)] = f"backpropscope/kernel/built/{library.name}"
        if libraries:
            # ctypes loads them: any Python will do, this platform only.
            platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data["tag"] = f"py3-none-{platform}"
            build_data["pure_python"] = False
