"""Training: an epoch of a small network with its losses, and steps of a large one."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib.util import find_spec
from itertools import pairwise

import numpy as np

from app.core.engine import Engine
from app.core.network import initialize
from app.core.training.trainer import Examples, Recipe, Trainer

from ..machine import engine, machine
from ..peers.training_peers import Jax, PerNode, Torch
from ..rows import Row
from ..timing import ROUNDS, SECONDS, Timing, alternated, compare, lap_of
from .training_problems import Course, course, require_agreement

GROUP = "training"
SMALL, MEDIUM = (2, 4, 2, 1), (2, 8, 8, 1)
LARGE, BATCH, BATCHES = (784, 128, 64, 10), 128, 8
AGREED_EPOCHS = 5
CALLS = (
    "a batch is some thirty NumPy calls, which cost 6 µs however little they compute, and the peer measures neither "
    "gradients nor gains. The compiled loops take a batch in one call."
)
BESIDE_PRODUCTS = (
    "of a step's 580 µs, 35 go into fetching the shuffled examples, 26 into moving θ, and 45 into activations and "
    "loss; the peer reads its examples in order and never writes a weight."
)
BLAS_THREADS = "OPENBLAS_NUM_THREADS"


def against_per_node(sizes: tuple[int, ...], batch: int | None, compiled: Engine | None) -> Timing:
    """Two processes in turns, each measuring itself."""
    with ExitStack() as stack:
        for whole in (True, False):
            problem = course(sizes, None if whole else batch)
            peer = PerNode(problem)
            stack.callback(peer.close)
            if whole:
                require_agreement(problem, peer.costs(AGREED_EPOCHS), AGREED_EPOCHS)
        peer.epochs(300)
        count = max(2, int(300 * SECONDS / peer.epochs(300)["seconds"]))
        return alternated(
            lap_of(problem.trainer(compiled).epoch, SECONDS, time.process_time),
            lambda: peer.epochs(count)["seconds"] / count,
            ROUNDS,
        )


def against(
    make: type[Torch] | type[Jax], sizes: tuple[int, ...], batch: int | None, compiled: Engine | None
) -> Timing:
    """A peer in this process; its numbers are held against ours in full batch, where no order matters."""
    require_agreement(course(sizes, None), make(course(sizes, None)).costs(AGREED_EPOCHS), AGREED_EPOCHS)
    problem: Course = course(sizes, batch)
    return compare(problem.trainer(compiled).epoch, make(problem).epoch)


def large() -> tuple[Trainer, Examples]:
    """Random pictures: what they show makes no difference to the time."""
    rng = np.random.default_rng(5)
    n = BATCH * BATCHES
    data = Examples(rng.random((n, LARGE[0])), np.eye(10)[rng.integers(0, 10, n)])
    network = initialize(LARGE, "relu", "softmax", "he_uniform", rng)
    recipe = Recipe("cross_entropy", learning_rate=0.01, batch_size=BATCH, epochs=10**9)
    return Trainer(network, data, recipe, dtype=np.float32), data


def torch_steps(data: Examples) -> Callable[[], object]:
    """The same steps with PyTorch's modules, as many threads as NumPy has: one, as the server runs, by ``make bench``.

    Slices, without shuffling.
    """
    import torch

    torch.set_num_threads(int(os.environ.get(BLAS_THREADS, machine()["cores"])))
    layers: list[torch.nn.Module] = []
    for sending, receiving in pairwise(LARGE):
        layers += [torch.nn.Linear(sending, receiving), torch.nn.ReLU()]
    network = torch.nn.Sequential(*layers[:-1])
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01)
    loss = torch.nn.CrossEntropyLoss()
    xs = torch.tensor(data.xs, dtype=torch.float32).split(BATCH)
    labels = torch.tensor(data.targets.argmax(axis=1)).split(BATCH)

    def epoch() -> None:
        for x, label in zip(xs, labels, strict=True):
            optimizer.zero_grad()
            loss(network(x), label).backward()
            optimizer.step()

    return epoch


def bare_products() -> Callable[[], object]:
    """The matrix products of the same steps and nothing else: no bias, no activation, no update."""
    shapes = list(zip(LARGE[1:], LARGE[:-1], strict=True))
    rng = np.random.default_rng(6)
    w = [rng.random(shape, dtype=np.float32) for shape in shapes]
    a = [rng.random((units, BATCH), dtype=np.float32) for units in LARGE]
    dl_dz = [rng.random((units, BATCH), dtype=np.float32) for units in LARGE[1:]]
    z = [np.empty_like(each) for each in dl_dz]
    dl_dw = [np.empty_like(each) for each in w]
    back = [np.empty_like(each) for each in dl_dz]
    xs = rng.random((BATCHES, BATCH, LARGE[0]), dtype=np.float32)
    last = len(w) - 1

    def epoch() -> None:
        for x in xs:
            w[0].dot(x.T, z[0])
            for layer in range(1, last + 1):
                w[layer].dot(a[layer], z[layer])
            for layer in range(last, 0, -1):
                w[layer].T.dot(dl_dz[layer], back[layer - 1])
                dl_dz[layer].dot(a[layer].T, dl_dw[layer])
            dl_dz[0].dot(x, dl_dw[0])

    return epoch


def rows() -> Iterator[Row]:
    """Small networks against all peers, the large one against PyTorch and its own products."""
    for sizes, batch, goal in ((SMALL, 10, 3), (MEDIUM, 10, 3), (SMALL, None, None), (MEDIUM, None, None)):
        for added, compiled in engines(batch):
            row = title(sizes, batch) + added
            if shutil.which("node"):
                timing = against_per_node(sizes, batch, compiled)
                remark = CALLS if batch and sizes == MEDIUM and compiled is None else ""
                yield Row(GROUP, row, "one object per unit, Node", timing, goal, remark=remark)
            else:
                yield Row(GROUP, row, "one object per unit, Node", missing="node is not installed", goal=goal)
    for peer, needs, make, goals in (
        ("PyTorch Sequential + SGD", "torch", Torch, (20, 7)),
        ("JAX, the epoch compiled", "jax", Jax, (1, None)),
    ):
        for batch, goal in zip((10, None), goals, strict=True):
            for sizes in (SMALL, MEDIUM):
                for added, compiled in engines(batch):
                    row = title(sizes, batch) + added
                    if find_spec(needs):
                        yield Row(GROUP, row, peer, against(make, sizes, batch, compiled), goal)
                    else:
                        yield Row(GROUP, row, peer, missing=f"{needs} is not installed", goal=goal)
    yield from large_rows()


def engines(batch: int | None) -> Iterator[tuple[str, Engine | None]]:
    """What to add to a row's name, and the engine: what the server uses, and for mini-batches NumPy by itself, too."""
    yield "", engine()
    if batch and engine() is not None:
        yield ", NumPy alone", None


def title(sizes: tuple[int, ...], batch: int | None) -> str:
    """What is done."""
    how = f"batch {batch}" if batch else "full batch"
    return f"epoch of {'-'.join(map(str, sizes))}, 250 + 250 points, {how}, with both losses"


def large_rows() -> Iterator[Row]:
    """Steps without measuring; ours shuffle."""
    trainer, data = large()

    def epoch() -> None:
        for _ in range(BATCHES):
            trainer.batch()

    name = f"{BATCHES} steps of {'-'.join(map(str, LARGE))}, batch {BATCH}, float32"
    if find_spec("torch"):
        yield Row(GROUP, name, "PyTorch Sequential + SGD", compare(epoch, torch_steps(data)), 1.25)
    else:
        yield Row(GROUP, name, "PyTorch Sequential + SGD", missing="torch is not installed", goal=1.25)
    bare = compare(epoch, bare_products())
    yield Row(GROUP, name, "its bare matrix products, the limit", bare, 0.85, remark=BESIDE_PRODUCTS)
