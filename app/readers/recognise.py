"""Which kind of document it is; then its reader, and what is missing."""

from __future__ import annotations

import json
from typing import Any

from .completing import complete
from .keras import model_in, read_keras
from .own import layers_in, read_own
from .reading import Answers, NotRead, Reading, text
from .scikit_learn import is_scikit_learn, read_scikit_learn
from .tensors import read_tensors, tensors_in
from .weights import WAYS, read_weights, weights_in

NOT_A_NETWORK = text(
    "This is no network that can be read. What can: a network or trace request of this program, a Keras model "
    "written by to_json() together with its weights, a PyTorch state_dict as JSON, the list of arrays that "
    "get_weights() gives, or scikit-learn's coefs_ and intercepts_.",
    "这不是能够读入的网络。可以读入的有：本程序的网络或计算请求、Keras 用 to_json() 写出的模型连同权重、"
    "以 JSON 写出的 PyTorch state_dict、get_weights() 给出的数组列表、scikit-learn 的 coefs_ 与 intercepts_。",
)


def read(document: Any) -> Reading:
    """Read a network from a document.

    Args:
        document: a JSON value: the document itself, or an object with ``document`` and answers to what it leaves open,
            ``activations`` (a list of names, one for each layer) and ``kernels`` (``inputs_first``, ``outputs_first``).

    Raises:
        NotRead: it is no network that can be read; the error says why, where, and what could be done.
    """
    answers = Answers()
    if isinstance(document, dict):
        answers = _answers(document)
        document = document.get("document", document)
    if isinstance(document, str):
        try:
            document = json.loads(document)
        except (ValueError, RecursionError):
            raise NotRead("not_a_network", NOT_A_NETWORK) from None
    return complete(_found(document, answers), answers)


def _found(document: Any, answers: Answers) -> Reading:
    if (model := model_in(document)) is not None:
        return read_keras(document, model)
    if is_scikit_learn(document):
        return read_scikit_learn(document)
    if (layers := layers_in(document)) is not None:
        return read_own(document, layers)
    if (tensors := tensors_in(document)) is not None:
        return read_tensors(tensors)
    if (arrays := weights_in(document)) is not None:
        return read_weights(arrays, answers)
    raise NotRead("not_a_network", NOT_A_NETWORK)


def _answers(document: dict[str, Any]) -> Answers:
    """What was said about what is left open. Raises ``NotRead``."""
    said, kernels = document.get("activations"), document.get("kernels")
    if said is not None and not (isinstance(said, list) and all(isinstance(each, str) for each in said)):
        raise NotRead(
            "not_an_array",
            text("Expected a list of names of activations here.", "这里应当是激活函数名称的列表。"),
            "/activations",
        )
    if kernels is not None and kernels not in WAYS:
        raise NotRead(
            "not_a_choice", text(f"Expected one of {', '.join(WAYS)}.", f"应为 {'、'.join(WAYS)} 之一。"), "/kernels"
        )
    return Answers(said, kernels)
