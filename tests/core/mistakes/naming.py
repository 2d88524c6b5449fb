"""How often a known mistake is named, and how often one is claimed that was not made: for tests and a benchmark.

A ``Learner`` works everything out with paper and pencil and rounds every number; what is diagnosed is one of those.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import count
from math import isfinite

import numpy as np

from app.core.mistakes.diagnosis import diagnose
from app.core.mistakes.rules.registry import RULES
from app.core.mistakes.ways import MISTAKES
from app.core.record.trace import trace

from .learner import ETA, SQUARES, Learner
from .wrong import random_example

AT_ONE_PLACE = ("minus_lost", "product_sign", "term_left_out")
"""Slips that happen once, in one sum or at one sign."""
MADE = tuple(each.name for each in MISTAKES if each.name != "mean_over_examples")
SEEDS = 4000


@cache
def example(seed):
    """A random network of up to four layers, and its trace."""
    given = random_example(seed, most_units=3)
    return given, trace(*given, learning_rate=ETA)


@cache
def careful(seed, digits, from_outputs=False):
    """The numbers of who makes no mistake, rounded; None where a logarithm or an exponential fails."""
    try:
        return Learner(*example(seed)[0], digits, from_outputs=from_outputs).numbers
    except (ValueError, OverflowError, ZeroDivisionError):
        return None


def is_another_convention(name, loss):
    """Whether a stray factor is what another entry says more precisely: another convention for the squared error."""
    if name not in ("stray_half", "stray_two"):
        return name == "mean_over_outputs" and loss == "output_sum"
    factor = {"stray_half": 0.5, "stray_two": 2.0}[name]
    return loss == "mean_squared_error" or factor * SQUARES.get(loss, 3.0) in (0.5, 1.0)


def numbers_with(seed, digits, mistakes, from_outputs):
    """The learner's numbers with some mistakes, rounded and exact; empty if they cannot be worked out."""
    (network, x, target, loss), record = example(seed)
    if any(name in RULES and not RULES[name].applies(record.layout.structure) for name in mistakes):
        return {}, {}
    if any(is_another_convention(name, loss) for name in mistakes):
        return {}, {}
    try:
        given = network, x, target, loss
        rounded = Learner(*given, digits, mistakes, from_outputs=from_outputs).numbers
        return rounded, Learner(*given, None, mistakes, from_outputs=from_outputs).numbers
    except (ValueError, OverflowError, ZeroDivisionError):
        return {}, {}


def slipped(seed, digits, name, rng):
    """A z with one slip, rounded and exact."""
    (network, x, *_), record = example(seed)
    right = careful(seed, digits)
    rounded, exact = {}, {}
    if right is None:
        return rounded, exact
    for index, layer in enumerate(network.layers):
        before = (
            list(map(float, x)) if not index else [right[f"/layers/{index - 1}/a/{k}"] for k in range(layer.w.shape[1])]
        )
        true = list(map(float, x)) if not index else record.layers[index - 1].a.tolist()
        for unit in range(len(layer.b)):
            pointer, chosen = f"/layers/{index}/z/{unit}", int(rng.integers(layer.w.shape[1]))
            times = {"minus_lost": None, "product_sign": 2.0, "term_left_out": 1.0}[name]
            for numbers, values, places in ((rounded, before, digits), (exact, true, 15)):
                z = float(layer.w[unit] @ values + layer.b[unit])
                made = -z if times is None else z - times * float(layer.w[unit, chosen]) * values[chosen]
                numbers[pointer] = round(made, places)
    return rounded, exact


def telling(seed, digits, mistakes, rng):
    """A pointer at which the mistakes can be told from a careful answer, and the learner's number there; or None."""
    from_outputs = bool(seed % 2)
    rounded, exact = (
        slipped(seed, digits, mistakes[0], rng)
        if mistakes[0] in AT_ONE_PLACE
        else numbers_with(seed, digits, mistakes, from_outputs)
    )
    record, right = example(seed)[1], careful(seed, digits, from_outputs)
    unit, found = 2.5 * 10.0**-digits, []
    for pointer, value in rounded.items():
        position = record.layout.position.get(pointer)
        unknown = right is None or pointer not in right or pointer not in exact
        if position is None or unknown or not isfinite(record.numbers[position]):
            continue
        apart = (value - right[pointer], value - record.numbers[position], exact[pointer] - record.numbers[position])
        if "jacobian" not in pointer and isfinite(value) and all(abs(each) > unit for each in apart):
            found.append((pointer, value))
    return found[rng.integers(len(found))] if found else None


def cases(digits, *mistakes) -> Iterator[tuple]:
    """Seeds of networks that show the mistakes, each with a pointer and the learner's number there."""
    for seed in range(1, SEEDS):
        rng = np.random.default_rng([seed, digits])
        told = telling(seed, digits, mistakes, rng)
        if told:
            yield seed, *told


def diagnosed(seed, pointer, answer, digits):
    record = example(seed)[1]
    return diagnose(record, record.layout.position[pointer], answer, digits)


def is_named(found, name):
    """Whether a mistake is among those named; a turned sign of a derivative may be named as the convention it is."""
    named = [each.misconception.name for each in found.matches if len(each.misconceptions) == 1]
    return name in named or (name == "sign_flipped" and bool(found.conventions))


def is_first(found, name):
    named = [each.misconception.name for each in found.matches if len(each.misconceptions) == 1]
    return named[:1] == [name] or (name == "sign_flipped" and bool(found.conventions))


def rates(name, digits, networks):
    """How many were tried, named, named first; and those that were not named."""
    tried = named = first = 0
    missed = []
    for seed, pointer, answer in cases(digits, name):
        found = diagnosed(seed, pointer, answer, digits)
        tried += 1
        named += is_named(found, name)
        first += is_first(found, name)
        if not is_named(found, name):
            missed.append((seed, pointer, answer))
        if tried == networks:
            break
    return tried, named, first, missed


def false_claims(digits, networks, each=3):
    """What is claimed of random numbers, and of careful answers.

    Returns:
        for two kinds of random numbers (uniform from -2 to 2; of the right number's own size) how many were tried, how
        many had one mistake named and how many two; and how many careful answers were tried, accepted and blamed.
    """
    rng = np.random.default_rng(digits)
    claims = {kind: Counter() for kind in ("plausible", "own size", "careful")}
    for seed in range(1, networks + 1):
        record = example(seed)[1]
        spans = record.layout
        for position in rng.integers(spans.given_count, spans.size, each):
            right, pointer = record.numbers[position], spans.addresses[position]
            if not isfinite(right):
                continue
            for kind, value in (("plausible", rng.uniform(-2.0, 2.0)), ("own size", right * rng.normal())):
                found = diagnosed(seed, pointer, round(float(value), digits), digits)
                claims[kind]["tried"] += 1
                single = found.conventions or any(len(one.misconceptions) == 1 for one in found.matches)
                claims[kind]["one"] += bool(single)
                claims[kind]["two"] += bool(found.matches and not single)
            for from_outputs in (False, True):
                answers = careful(seed, digits, from_outputs) or {}
                if isfinite(answers.get(pointer, np.inf)):
                    found = diagnosed(seed, pointer, answers[pointer], digits)
                    claims["careful"]["tried"] += 1
                    claims["careful"]["accepted"] += found.finding in ("right", "rounding", "sign_of_zero")
                    claims["careful"]["blamed"] += bool(found.matches or found.conventions)
    return claims


def pair_rates(pairs, digits, each):
    """Of pairs of mistakes: tried, both named together, one or more named, and only others named."""
    result = Counter()
    for pair in pairs:
        for number, (seed, pointer, answer) in zip(count(), cases(digits, *pair), strict=False):
            if number == each:
                break
            found = diagnosed(seed, pointer, answer, digits)
            result["tried"] += 1
            named = [{one.name for one in match.misconceptions} for match in found.matches]
            result["together"] += set(pair) in named
            result["silent"] += not named
    return result
