"""``python -m tests.core.functions.check_optimizers_pytorch``: run torch.optim, write what it did as the fixture.

Needs PyTorch, so the tests themselves only read the fixture; this script also compares, and fails on a difference.
"""

from __future__ import annotations

import json
import sys

from tests.core.functions.test_optimizers import CASES, FIXTURE, RATE, START, STEPS, gradient, path


def torch_path(name: str, parameters: dict[str, float]) -> list[list[float]]:
    """θ after each step of PyTorch's optimizer."""
    import torch

    theta = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optim = torch.optim
    made = {
        "gradient_descent": lambda: optim.SGD([theta], lr=RATE),
        "momentum": lambda: optim.SGD([theta], lr=RATE, momentum=parameters.get("momentum", 0.9)),
        "nesterov": lambda: optim.SGD([theta], lr=RATE, momentum=parameters.get("momentum", 0.9), nesterov=True),
        "rmsprop": lambda: optim.RMSprop([theta], lr=RATE, **torch_words(parameters)),
        "adam": lambda: optim.Adam([theta], lr=RATE, **torch_words(parameters)),
        "adamw": lambda: optim.AdamW([theta], lr=RATE, **torch_words(parameters)),
    }[name]()
    points = []
    for _ in range(STEPS):
        theta.grad = torch.tensor(gradient(theta.detach().numpy()))
        made.step()
        points.append(theta.tolist())
    return points


def torch_words(parameters: dict[str, float]) -> dict[str, object]:
    """Our parameters under PyTorch's names; what is not chosen is left to PyTorch's own defaults."""
    words: dict[str, object] = {
        {"epsilon": "eps"}.get(name, name): value for name, value in parameters.items() if not name.startswith("beta")
    }
    if "beta1" in parameters:
        words["betas"] = (parameters["beta1"], parameters["beta2"])
    return words


def main() -> int:
    """Write the fixture; 1 if ours differs by more than 1e-10 of θ."""
    import torch

    runs, worst = [], 0.0
    for name, parameters in CASES:
        theirs = torch_path(name, parameters)
        ours = path(name, parameters)
        worst = max(
            worst, *(abs(p - q) for one, two in zip(ours, theirs, strict=True) for p, q in zip(one, two, strict=True))
        )
        runs.append({"optimizer": name, "parameters": parameters, "theta": theirs})
    FIXTURE.parent.mkdir(exist_ok=True)
    head = {"made_by": f"torch.optim of PyTorch {torch.__version__}, float64", "learning_rate": RATE, "start": START}
    lines = ",\n".join(json.dumps(run) for run in runs)
    FIXTURE.write_text(json.dumps(head)[:-1] + ',\n"runs": [\n' + lines + "\n]}\n", "utf-8")
    print(f"{len(runs)} runs of {STEPS} steps; largest difference {worst:.3g}")
    return int(worst > 1e-10)


if __name__ == "__main__":
    sys.exit(main())
