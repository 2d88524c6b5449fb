"""The fields of the form, as the template shows them: name, label, what was typed, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..core.functions.activations import ACTIVATIONS
from ..core.functions.losses import LOSSES
from ..core.record.plan import GRANULARITIES
from .forms import Draft, Message, offers_parameters, shown
from .i18n import Translate, paired
from .walk import indexed

Json = dict[str, Any]


class Fields:
    """Makes the fields of one draft in one language."""

    def __init__(self, draft: Draft, language: str, t: Translate) -> None:
        """Remember what all of them need."""
        self.draft, self.language, self.t = draft, language, t
        self.labels: dict[str, str] = {}

    def message(self, message: Message) -> str:
        """A complaint in the language of the page."""
        params = dict(message.params)
        if "function" in params:
            params["function"] = params["function"][paired(self.language)]
        if "outputs" in params:
            names = [ACTIVATIONS[name].title[paired(self.language)] for name in params["outputs"]]
            params["outputs"] = self.t("list.or").join(names)
        return self.t(message.key, **params)

    def field(self, pointer: str, label: str, value: str, symbol: str = "") -> Json:
        """One field."""
        self.labels[pointer] = label
        message = self.draft.messages.get(pointer)
        return {
            "name": pointer,
            "id": "field" + pointer.replace("/", "-"),
            "label": label,
            "symbol": symbol,
            "value": self.draft.typed.get(pointer, value),
            "error": self.message(message) if message else "",
        }

    def number(self, pointer: str, label: str, symbol: str, value: float | None, **params: Any) -> Json:
        """One field for a number."""
        return self.field(pointer, self.t(label, name=symbol, **params), shown(value), symbol)

    def choice(self, pointer: str, label: str, value: str, options: Iterable[tuple[str, str]]) -> Json:
        """One list to choose from; a name that is not among them stays visible as the first entry."""
        field = self.field(pointer, label, value)
        listed = list(options)
        if value not in dict(listed):
            listed.insert(0, (value, value))
        return {**field, "value": value, "options": [{"value": name, "title": title} for name, title in listed]}

    def titled(self, registry: Mapping[str, Any]) -> list[tuple[str, str]]:
        """A registry's names with their titles."""
        return [(name, entry.title[paired(self.language)]) for name, entry in registry.items()]


def form(draft: Draft, original: Json, language: str, t: Translate) -> Json:
    """The whole form, and the list of what is wrong in it."""
    make, request = Fields(draft, language, t), original
    layers = request["network"]["layers"]
    sizes = (len(request["x"]), *(len(layer["b"]) for layer in layers))
    current = draft.request
    groups = []
    if offers_parameters(sizes):
        for number, layer in enumerate(layers):
            at, above = f"/network/layers/{number}", number + 1
            rows = []
            for row, (weights, b) in enumerate(zip(layer["w"], layer["b"], strict=True)):
                w_fields = [
                    make.number(f"{at}/w/{row}/{column}", "form.weight", indexed("w", row, column), w, layer=above)
                    for column, w in enumerate(weights)
                ]
                b_field = make.number(f"{at}/b/{row}", "form.bias", indexed("b", row), b, layer=above)
                rows.append({"w": w_fields, "b": b_field})
            columns = [indexed("a" if number else "x", column) for column in range(len(layer["w"][0]))]
            groups.append({"number": above, "columns": columns, "rows": rows})
    fields = {
        "x": [make.number(f"/x/{n}", "form.input", indexed("x", n), v) for n, v in enumerate(request["x"])],
        "target": [
            make.number(f"/target/{n}", "form.target", indexed("ŷ", n), v) for n, v in enumerate(request["target"])
        ],
        "layers": groups,
        "parameters": sum(len(layer["b"]) * (len(layer["w"][0]) + 1) for layer in layers),
        "activations": [
            make.choice(
                f"/network/layers/{number}/activation",
                t("form.activation", layer=number + 1),
                layer["activation"],
                make.titled(ACTIVATIONS),
            )
            for number, layer in enumerate(current["network"]["layers"])
        ],
        "loss": make.choice("/loss", t("form.loss"), current["loss"], make.titled(LOSSES)),
        "steps": make.choice(
            "/steps",
            t("form.steps"),
            current["steps"],
            [(name, t(f"granularity.{name}")) for name in GRANULARITIES if name != "none"],
        ),
        "rate": make.field("/learning_rate", t("form.rate"), shown(request.get("learning_rate"))),
    }
    problems = [
        {
            "id": "field" + pointer.replace("/", "-") if pointer in make.labels else "",
            "label": make.labels.get(pointer, pointer),
            "text": make.message(message),
        }
        for pointer, message in draft.messages.items()
    ]
    return {**fields, "problems": problems, "unknown": draft.unknown}
