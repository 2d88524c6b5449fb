"""Clients that others' generators make from the OpenAPI document do a real task: ``make clients``.

Each client is generated from the document of a running server, compiled with strict types, and then asked for a trace,
a session, a training, its continuation, a diagnosis and a figure. What is generated is thrown away.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.server import Server

HERE = Path(__file__).parent


def main(tools: Path) -> int:
    """Do it.

    Args:
        tools: the folder with ``node_modules`` and ``python``, an environment, where the generators are.

    Returns:
        The exit status: how many of the commands failed.
    """
    node, python = tools.absolute() / "node_modules", tools.absolute() / "python" / "bin"
    failed = 0
    with tempfile.TemporaryDirectory() as name, Server(Path(name) / "data") as server:
        folder = Path(name)
        for file in HERE.iterdir():
            if file.suffix in {".ts", ".json", ".mjs", ".yaml"} or file.name == "python_client.py":
                shutil.copy(file, folder)
        (folder / "node_modules").symlink_to(node)
        (folder / "package.json").write_text('{"private": true, "type": "module"}')
        (folder / "openapi.json").write_bytes(server.ask("GET", "/openapi.json").content)
        environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
            "CLIENTS_URL": server.url,
            "PATH": f"{python}{os.pathsep}{node / '.bin'}{os.pathsep}{os.environ['PATH']}",
        }

        def run(*command: str) -> None:
            nonlocal failed
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
            if done.returncode:
                failed += 1
                print(f"{' '.join(command)}: status {done.returncode}\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
            elif command[0] in {"node", "python"}:
                print(done.stdout, end="", flush=True)

        generate = (
            "openapi-python-client",
            "generate",
            "--path",
            "openapi.json",
            "--meta",
            "none",
            "--config",
            "openapi_python_client.yaml",
        )
        run(*generate, "--output-path", "backpropscope_client", "--fail-on-warning")
        run("openapi-typescript", "openapi.json", "--output", "generated/schema.d.ts", "--default-non-nullable=false")
        run("orval", "--config", "orval.config.mjs")
        run("openapi-ts", "-i", "openapi.json", "-o", "generated/hey_api", "-c", "@hey-api/client-fetch")
        run("mypy", "--strict", "--follow-imports=silent", "python_client.py")
        run("tsc", "--project", "tsconfig.json")
        run("python", "python_client.py", server.url)
        for client in ("openapi_fetch", "orval", "hey_api"):
            run(
                "esbuild",
                f"{client}.ts",
                "--bundle",
                "--platform=node",
                "--format=esm",
                f"--outfile=built/{client}.mjs",
            )
            run("node", f"built/{client}.mjs", server.url)
    return failed


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
