"""Others that train: one object per unit in Node, PyTorch's modules, JAX with the whole epoch compiled."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from ..numbers.training_problems import RATE, Course

SCRIPT = Path(__file__).with_name("peer_per_node.mjs")


class PerNode:
    """``peer_per_node.mjs`` as a process of its own that measures itself."""

    def __init__(self, problem: Course) -> None:
        """Start it and hand the problem over."""
        self.process = subprocess.Popen(
            ["node", str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        parts = {
            name: {"xs": part.xs.tolist(), "targets": part.targets.tolist()}
            for name, part in (("train", problem.train), ("test", problem.test))
        }
        layers = [{"w": layer.w.tolist(), "b": layer.b.tolist()} for layer in problem.network.layers]
        self._send({**parts, "layers": layers, "batch": problem.batch_size, "rate": RATE})

    def _send(self, message: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()

    def epochs(self, count: int) -> dict[str, Any]:
        """Train so long; seconds spent and the costs at the end."""
        self._send(count)
        assert self.process.stdout is not None
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def costs(self, count: int) -> list[float]:
        """The costs after so many epochs more."""
        costs: list[float] = self.epochs(count)["costs"]
        return costs

    def close(self) -> None:
        """End it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


class Torch:
    """``nn.Sequential`` and SGD, float64, one thread; slices of the data, without shuffling."""

    def __init__(self, problem: Course) -> None:
        """Take over parameters and data."""
        import torch

        torch.set_num_threads(1)
        self.torch = torch
        layers: list[Any] = []
        for layer in problem.network.layers:
            linear = torch.nn.Linear(*layer.w.shape[::-1], dtype=torch.float64)
            with torch.no_grad():
                linear.weight.copy_(torch.tensor(layer.w))
                linear.bias.copy_(torch.tensor(layer.b))
            layers += [linear, torch.nn.Tanh()]
        self.network = torch.nn.Sequential(*layers)
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=RATE)
        self.parts = [(torch.tensor(part.xs), torch.tensor(part.targets)) for part in (problem.train, problem.test)]
        size = problem.batch_size
        xs, targets = self.parts[0]
        self.batches = list(zip(xs.split(size), targets.split(size), strict=True))
        self.loss = torch.nn.MSELoss()

    def epoch(self) -> list[float]:
        """One epoch and the costs of both parts."""
        for x, target in self.batches:
            self.optimizer.zero_grad()
            (0.5 * self.loss(self.network(x), target)).backward()
            self.optimizer.step()
        with self.torch.no_grad():
            return [0.5 * self.loss(self.network(x), target).item() for x, target in self.parts]

    def costs(self, count: int) -> list[float]:
        """The costs after so many epochs more."""
        return [self.epoch() for _ in range(count)][-1]


class Jax:
    """One epoch and both costs as one compiled function, float64, on the processor."""

    def __init__(self, problem: Course) -> None:
        """Compile."""
        os.environ.setdefault("JAX_PLATFORMS", "cpu")
        import jax
        import jax.numpy as jnp

        jax.config.update("jax_enable_x64", True)
        size = problem.batch_size
        xs, targets = (part.reshape(-1, size, part.shape[1]) for part in (problem.train.xs, problem.train.targets))
        batches = jnp.array(xs), jnp.array(targets)
        parts = [(jnp.array(part.xs), jnp.array(part.targets)) for part in (problem.train, problem.test)]

        def cost(layers: Any, x: Any, target: Any) -> Any:
            for w, b in layers:
                x = jnp.tanh(x @ w.T + b)
            return 0.5 * jnp.mean((x - target) ** 2)

        def step(layers: Any, batch: Any) -> Any:
            gradient = jax.grad(cost)(layers, *batch)
            return jax.tree.map(lambda p, g: p - RATE * g, layers, gradient), None

        def epoch(layers: Any, batches: Any, parts: Any) -> Any:
            layers, _ = jax.lax.scan(step, layers, batches)
            return layers, [cost(layers, *part) for part in parts]

        compiled = jax.jit(epoch)
        self.layers = [(jnp.array(layer.w), jnp.array(layer.b)) for layer in problem.network.layers]
        jax.block_until_ready(compiled(self.layers, batches, parts))
        self._epoch = lambda layers: jax.block_until_ready(compiled(layers, batches, parts))

    def epoch(self) -> list[float]:
        """One epoch and the costs of both parts."""
        self.layers, costs = self._epoch(self.layers)
        return [float(each) for each in costs]

    def costs(self, count: int) -> list[float]:
        """The costs after so many epochs more."""
        return [self.epoch() for _ in range(count)][-1]
