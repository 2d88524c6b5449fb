"""Every setting of the server, read from ``BACKPROPSCOPE_*`` variables when an app is made, never at import."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def user_data_dir() -> Path:
    """The folder where this user's programs keep their data, with ours in it; it need not exist yet.

    Source: XDG Base Directory Specification (Linux); Apple File System Programming Guide (macOS);
    Known Folders (Windows).
    """
    home = Path.home()
    if sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / "backpropscope"


class Settings(BaseSettings):
    """What an operator may choose; each field is the variable ``BACKPROPSCOPE_`` + its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="BACKPROPSCOPE_", frozen=True, extra="ignore")

    data_dir: Path = Field(default_factory=user_data_dir, description="Folder of the session store.")
    session_hours: float = Field(default=24.0, gt=0, description="Hours after which an unused session expires.")
    store_bytes: int = Field(default=2**30, ge=2**20, description="Bytes that the session store may grow to.")

    max_body_bytes: int = Field(default=4 * 2**20, ge=1024, description="Bytes in one request body.")
    max_arriving_bytes: int = Field(
        default=64 * 2**20,
        ge=2**16,
        description="Bytes of request bodies in one worker process that are arriving or waiting to be read.",
    )
    max_unsent_bytes: int = Field(
        default=64 * 2**20,
        ge=2**16,
        description="Bytes of answers in one worker process that their clients have not taken yet; beyond, the slowest "
        "reader of the client with the most is cut off.",
    )
    max_request_numbers: int = Field(default=150_000, ge=16, description="Numbers in one request body.")
    max_layers: int = Field(default=64, ge=1, description="Computing layers of a network.")
    max_units: int = Field(default=1024, ge=1, description="Units in one layer, the input layer included.")
    max_parameters: int = Field(default=100_000, ge=1, description="Weights and biases of a network.")
    max_steps: int = Field(default=15_000, ge=1, description="Steps of one trace.")
    max_samples: int = Field(default=10_000, ge=1, description="Examples in one batch.")
    max_batch_numbers: int = Field(
        default=2_000_000,
        ge=1,
        description="Numbers that a batch computes: examples × units, and with per_example examples × parameters.",
    )
    max_table_rows: int = Field(default=200_000, ge=1, description="Rows of one table, whatever stands in them.")
    max_table_columns: int = Field(default=2_000, ge=1, description="Columns of one table.")
    max_checked_parameters: int = Field(default=5_000, ge=1, description="Parameters of one gradient check.")
    max_paths: int = Field(
        default=512, ge=1, description="Paths to the loss that one answer lists; more are counted only."
    )
    max_training_epochs: int = Field(default=10_000, ge=1, description="Epochs of one training run.")
    max_training_seconds: int = Field(
        default=600, ge=1, description="Seconds after which a training run pauses; it can be continued."
    )
    max_concurrent_trainings: int = Field(
        default=4, ge=1, description="Training runs going on at once in one worker process."
    )
    max_followers: int = Field(
        default=256, ge=1, description="Streams of runs that are followed, open at once in one worker process."
    )
    max_runs: int = Field(
        default=40, ge=1, description="Training runs in the store; the least recently used make room."
    )
    max_grid_points: int = Field(default=40_000, ge=4, description="Points of one grid: of a landscape or regions.")
    max_surface_products: int = Field(
        default=2_000_000_000, ge=1, description="Grid points × examples × parameters of one landscape."
    )
    max_work_seconds: int = Field(
        default=10, ge=1, description="Seconds that one landscape may take, as its sizes let expect."
    )
    max_concurrent_work: int = Field(
        default=16, ge=1, description="Long computations running or waiting at once in one worker process."
    )
    max_concurrent_pages: int = Field(
        default=256, ge=1, description="Pages being written or waiting for it at once in one worker process."
    )
    max_concurrent_session_calls: int = Field(
        default=256, ge=1, description="Calls of the session store running or waiting at once in one worker process."
    )
    max_sessions: int = Field(
        default=10_000, ge=1, description="Sessions in the store; the least recently used make room."
    )
    max_link_characters: int = Field(
        default=200_000, ge=1, description="Characters of one link that is kept for a short one."
    )

    header_bytes: int = Field(default=32 * 1024, ge=1024, description="Bytes of the head of one request.")
    request_seconds: float = Field(default=10.0, gt=0, description="Seconds within which a whole request has to come.")
    reader_seconds: float = Field(
        default=20.0, gt=0, description="Seconds for which a client may keep its answer waiting, whatever its size."
    )
    reader_bytes: int = Field(
        default=16 * 1024,
        ge=1,
        description="Bytes a second that a client has to take after that, counted from the first byte of the answer.",
    )
    connections: int = Field(
        default=800,
        ge=2,
        description="Connections open at once in one worker process; beyond, those that wait longest for a request go.",
    )

    list_runs: bool = Field(
        default=True,
        description="Whether /api/v1/runs lists the training runs to everybody; if not, each is found by its id alone.",
    )
    work_threads: int = Field(
        default=1,
        ge=1,
        description="Threads for long computations in one worker process; most hold Python's lock, so that two at once "
        "are no sooner done, and everybody else waits longer.",
    )
    blas_threads: int = Field(
        default=1, ge=1, description="Threads within one matrix product; more slow small products down."
    )
    cors_origins: tuple[str, ...] = Field(
        default=(), description='Origins whose pages may call the API, as a JSON array; "*" for any.'
    )
    allowed_hosts: str = Field(
        default="",
        description="Names under which the server is reached, beside localhost and IP addresses, separated by commas; "
        "`*` for any.",
    )
    root_path: str = Field(
        default="",
        pattern=r"^(/[A-Za-z0-9._~-]+)*$",
        description="Path under which a reverse proxy shows the server, such as /backpropscope.",
    )
    forwarded_allow_ips: str = Field(
        default="127.0.0.1",
        min_length=1,
        description="Reverse proxies whose X-Forwarded-* headers are believed, separated by commas; `*` for any.",
    )
    hsts_seconds: int = Field(
        default=31_536_000,
        ge=0,
        description="Seconds for which who came over HTTPS is held to it (Strict-Transport-Security); 0 for none.",
    )
    frame_ancestors: str = Field(
        default="'self'",
        pattern=r"^[^;,\r\n]+$",
        description="Who may embed the pages in a frame (the value of the CSP directive frame-ancestors).",
    )

    log_level: Literal["error", "warning", "info"] = Field(
        default="warning", description="Least level of what is logged: error, warning or info."
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="Log as text for people or as json, one object a line."
    )
    access_log: bool = Field(default=False, description="Whether every request gets a line in the log.")
    metrics: bool = Field(default=False, description="Whether /metrics answers, in Prometheus text.")

    def limits(self) -> dict[str, int]:
        """The limits by the name under which the catalogue lists them and an error names them."""
        return {
            name.removeprefix("max_"): getattr(self, name)
            for name in type(self).model_fields
            if name.startswith("max_")
        }
