"""Random networks and examples for hypothesis."""

import numpy as np
from hypothesis import strategies as st

from app.core.functions.activations import ACTIVATIONS
from app.core.functions.losses import LOSSES
from app.core.network import Layer, Network

ELEMENTWISE = (*(name for name, entry in ACTIVATIONS.items() if not entry.reads_whole_layer), "leaky_relu(0.2)")


@st.composite
def examples(draw, scales=(0.5, 1.0, 3.0), activations=ELEMENTWISE, losses=tuple(LOSSES), most_units=5):
    """(network, x, target, loss): 1-4 layers of 1-5 units, normal weights of one of ``scales``."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sizes = draw(st.lists(st.integers(1, most_units), min_size=2, max_size=5))
    scale = draw(st.sampled_from(scales))
    loss = draw(st.sampled_from(losses))
    outputs = LOSSES[loss].outputs or tuple(ACTIVATIONS)
    allowed = [name for name in outputs if name in activations or name == "softmax"]
    names = [draw(st.sampled_from(activations)) for _ in sizes[2:]] + [draw(st.sampled_from(allowed))]
    layers = tuple(
        Layer.of(rng.normal(0, scale, (receiving, sending)), rng.normal(0, scale, receiving), name)
        for sending, receiving, name in zip(sizes, sizes[1:], names, strict=False)
    )
    shares, limits = rng.random(sizes[-1]), rng.integers(draw(st.sampled_from((-1, 0))), 2, sizes[-1])
    target = rng.choice([shares, limits.astype(float)])
    return Network(layers), rng.normal(size=sizes[0]), target, loss
