"""What the server says of itself and of what went wrong, field by field; these models only document."""

from __future__ import annotations

from pydantic import Field

from ..wire.outgoing.documents import Document


class Health(Document):
    """The state of this server."""

    status: str = Field(description="live or ready.")


class WhatRuns(Document):
    """What is running here."""

    name: str = Field(description="Name of the program.")
    version: str = Field(description="Its version.")
    python: str = Field(description="Version of Python.")
    numpy: str = Field(description="Version of NumPy.")
    engine: str = Field(
        description="What computes with small networks: numpy, or the compiled loops and the vector registers they use."
    )
