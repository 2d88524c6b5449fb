"""Runs the programs of the frameworks with the frameworks themselves and compares them with the trace.

PyTorch, TensorFlow and JAX are too large to be among the packages that the tests install; with one in the environment:

    python -m tests.snippets.check_frameworks pytorch

Near saturation a framework itself keeps fewer digits than the trace (its sigmoid's derivative is a(1-a)), which is why
the tolerance is 1e-9 here and 1e-12 for NumPy. A cost (in PyTorch) has no derivative in it: there it is 1e-12.
"""

import sys

import numpy as np

from app.core.functions.activations import ACTIVATIONS
from app.core.functions.losses import LOSSES
from app.core.network import initialize
from app.core.record.batch import batch
from app.core.record.trace import trace
from app.snippets import LANGUAGES, program
from app.snippets.cost_code import COST_LANGUAGES, Question, cost_program
from tests.snippets.running import arrays, distance, run

TOLERANCE = 1e-9
COST_TOLERANCE = 1e-12
SEEDS = range(8)


def records():
    """Traces of every output activation with every loss, with and without update, momentum and signal."""
    for loss, entry in LOSSES.items():
        for output in entry.outputs or tuple(ACTIVATIONS):
            hidden = "tanh" if ACTIVATIONS[output].last_layer_only else output
            for seed in SEEDS:
                rng = np.random.default_rng(seed)
                sizes = ((3, 4, 4, 3), (2, 2), (1, 3, 1), (4, 2, 5))[seed % 4]
                network = initialize(sizes, hidden, output, "xavier_normal", rng)
                x, target = rng.normal(size=sizes[0]), rng.random(sizes[-1])
                if seed % 2:
                    target = np.round(target)
                momentum = {
                    "learning_rate": 0.1,
                    "momentum": 0.9,
                    "previous_change": rng.normal(size=network.theta.size),
                }
                options = ({"learning_rate": 0.1}, {"signal": rng.normal(size=sizes[-1])}, {}, momentum)[seed // 2 % 4]
                name = f"{loss} of {output}, seed {seed}"
                yield name, trace(network, x, target, loss, **options)


def questions():
    """The cost of every output activation with every loss."""
    for loss, entry in LOSSES.items():
        for output in entry.outputs or tuple(ACTIVATIONS):
            hidden = "tanh" if ACTIVATIONS[output].last_layer_only else output
            for seed in SEEDS:
                rng = np.random.default_rng(seed)
                network = initialize((3, 5, 3), hidden, output, "xavier_normal", rng)
                targets = rng.random((20, 3)) if seed % 2 else np.eye(3)[rng.integers(0, 3, 20)]
                yield f"{loss} of {output}, seed {seed}", Question(network, loss, rng.normal(size=(20, 3)), targets)


def worst_cost(language):
    """The largest difference of a cost, by the size of its losses, and where."""
    worst = (0.0, "")
    for name, question in questions():
        namespace, _ = run(cost_program(question, language))
        truth = batch(question.network, question.xs, question.targets, question.loss)
        apart = abs(float(namespace["cost"]) - truth.cost) / float(np.mean(np.abs(truth.losses)))
        worst = max(worst, (apart, name))
    return worst


def numbers(value):
    """The numbers of a tensor of any framework."""
    return np.asarray(value.detach() if hasattr(value, "detach") else value)


def main(language):
    """Print the worst difference; 1 if it is beyond the tolerance."""
    worst, count, records_compared = (0.0, "", ""), 0, 0
    for name, record in records():
        namespace, _ = run(program(record, language).code)
        records_compared += 1
        for variable, value in arrays(record):
            if variable in namespace:
                count += 1
                worst = max(worst, (distance(numbers(namespace[variable]), value), name, variable))
    print(
        f"{records_compared} programs, {count} arrays compared; "
        f"the worst differs by {worst[0]:.1e} ({worst[2]} in {worst[1]})"
    )
    if language not in COST_LANGUAGES:
        return int(worst[0] > TOLERANCE)
    cost = worst_cost(language)
    print(f"{len(list(questions()))} costs compared; the worst differs by {cost[0]:.1e} ({cost[1]})")
    return int(worst[0] > TOLERANCE or cost[0] > COST_TOLERANCE)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in LANGUAGES:
        sys.exit(f"usage: python -m tests.snippets.check_frameworks {{{','.join(LANGUAGES)}}}")
    sys.exit(main(sys.argv[1]))
