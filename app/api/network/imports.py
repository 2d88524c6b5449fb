"""What is sent to be read as a network from elsewhere, and what is answered."""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from ..wire.documenting import Example
from ..wire.incoming.validation import Body
from ..wire.outgoing.documents import Document, Title
from . import schemas

KERAS: Final[Example] = {
    "model": {
        "class_name": "Sequential",
        "config": {
            "name": "sequential",
            "layers": [
                {"class_name": "InputLayer", "config": {"batch_shape": [None, 2], "name": "in"}},
                {"class_name": "Dense", "config": {"name": "dense", "units": 2, "activation": "relu"}},
                {"class_name": "Dense", "config": {"name": "dense_1", "units": 2, "activation": "softmax"}},
            ],
        },
    },
    "weights": [[[0.4, 0.3], [-0.7, 0.9]], [0.1, -0.2], [[0.8, -0.6], [-0.5, 1.1]], [0.05, -0.3]],
}
STATE_DICT: Final[Example] = {
    "document": {
        "0.weight": [[0.4, -0.7], [0.3, 0.9]],
        "0.bias": [0.1, -0.2],
        "2.weight": [[0.8, -0.5], [-0.6, 1.1]],
        "2.bias": [0.05, -0.3],
    },
    "activations": ["ReLU", "Softmax"],
}
SQUARE: Final[Example] = {"weights": [[[0.4, 0.3], [-0.7, 0.9]], [0.1, -0.2]]}


class ForeignNetwork(Body):
    """Any JSON value: a file as it is, or an object with ``document`` and answers to what the file leaves open."""

    content: Any = None

    @model_validator(mode="before")
    @classmethod
    def _whole(cls, value: Any) -> dict[str, Any]:
        return {"content": value}

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Whatever JSON there is: the readers know what is a network."""
        return {
            "title": "ForeignNetwork",
            "examples": [KERAS, STATE_DICT],
            "description": "Any JSON value: the file as it is; or an object with document (the file), activations (a "
            "list of names, one for each layer) and kernels (inputs_first or outputs_first).",
        }

    def name_count(self) -> int:
        """Not known: the names are those of somebody else, so each object is looked at for one that stands twice."""
        return -1


class FoundLayer(Document):
    """A layer as it was found."""

    name: str = Field(description="What it is called there; else its number.")
    inputs: int | None = Field(description="How many values it receives; null if that is not said.")
    units: int | None = Field(description="How many units it has; null if that is not said.")
    activation: str | None = Field(description="Its activation; null if that is not said.")
    slope: float | None = Field(default=None, description="With leaky_relu: its slope left of 0.")
    has_weights: bool = Field(description="Whether its weights were found.")


class Remark(Document):
    """A sentence about the document."""

    code: str = Field(description="A stable word for it.")
    text: Title = Field(description="The sentence.")


class NetworkImport(Document):
    """What came of a document."""

    format: Literal["backpropscope", "keras", "state_dict", "weights", "scikit_learn"] = Field(
        description="Which kind of document it is."
    )
    network: schemas.Network | None = Field(description="The network; null if something is missing.")
    request: dict[str, Any] = Field(
        description="What else of a trace request stands in the document: x, target, loss …, as it stands there."
    )
    found: list[FoundLayer] = Field(description="The layers that were found, in forward order.")
    notes: list[Remark] = Field(description="What was understood.")
    missing: list[Remark] = Field(
        description="What is not there and how to get it; activations and kernels can be sent along. Empty if the "
        "network is complete."
    )
