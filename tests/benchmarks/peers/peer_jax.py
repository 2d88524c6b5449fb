"""JAX with the whole trace in one jitted function, on the processor.

∂l/∂z and ∂l/∂a come as gradients of zeros added to z and a, which the compiler removes.
"""

from __future__ import annotations

import os

os.environ.setdefault("JAX_PLATFORMS", "cpu")

import jax
import jax.numpy as jnp
import numpy as np

from ..numbers.problems import Numbers, Problem

jax.config.update("jax_enable_x64", True)


class Peer:
    """One problem in float64; compiled before it is timed."""

    calls_in_one = 1

    def __init__(self, problem: Problem) -> None:
        """Take over the parameters and compile."""
        function = {"sigmoid": jax.nn.sigmoid, "relu": jax.nn.relu}[problem.activation]
        self.layers = [(jnp.array(layer.w), jnp.array(layer.b)) for layer in problem.network.layers]
        self.x, self.target = jnp.array(problem.x), jnp.array(problem.target)
        zeros = [jnp.zeros(len(b)) for _, b in self.layers]

        def loss(layers, x, at_z, at_a, target):
            zs, activations = [], []
            a = x
            for (w, b), dz, da in zip(layers, at_z, at_a, strict=True):
                z = w @ a + b + dz
                a = function(z) + da
                zs.append(z)
                activations.append(a)
            return 0.5 * jnp.sum((a - target) ** 2), (zs, activations)

        self.trace = jax.jit(
            lambda layers, x, target: jax.value_and_grad(loss, argnums=(0, 1, 2, 3), has_aux=True)(
                layers, x, zeros, zeros, target
            )
        )
        self.run()

    def run(self) -> object:
        """One example forward and backward, waited for."""
        return jax.block_until_ready(self.trace(self.layers, self.x, self.target))

    def numbers(self) -> Numbers:
        """All it computed."""
        (loss, (zs, activations)), (layers, dl_dx, dl_dz, dl_da) = jax.tree.map(np.asarray, self.run())
        return {
            "z": zs,
            "a": activations,
            "dl_da": dl_da,
            "dl_dz": dl_dz,
            "dl_dw": [w for w, _ in layers],
            "dl_db": [b for _, b in layers],
            "dl_dx": [dl_dx],
            "loss": [loss],
        }
