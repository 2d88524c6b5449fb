"""PyTorch eager keeping every intermediate gradient, written for speed: bare tensors, no modules, one thread."""

from __future__ import annotations

import torch

from ..numbers.problems import Numbers, Problem


class Peer:
    """One problem in float64; its tensors are made once."""

    calls_in_one = 1

    def __init__(self, problem: Problem) -> None:
        """Take over the parameters."""
        torch.set_num_threads(1)
        self.x = self._leaf(problem.x)
        self.target = torch.tensor(problem.target, dtype=torch.float64)
        self.layers = [(self._leaf(layer.w), self._leaf(layer.b)) for layer in problem.network.layers]
        self.function = {"sigmoid": torch.sigmoid, "relu": torch.relu}[problem.activation]

    @staticmethod
    def _leaf(values: object) -> torch.Tensor:
        return torch.tensor(values, dtype=torch.float64, requires_grad=True)

    def run(self) -> tuple[list[torch.Tensor], list[torch.Tensor], torch.Tensor]:
        """One example forward and backward; the gradients stay on the tensors."""
        self.x.grad = None
        zs, activations = [], []
        a = self.x
        for w, b in self.layers:
            w.grad = b.grad = None
            z = torch.addmv(b, w, a)
            z.retain_grad()
            a = self.function(z)
            a.retain_grad()
            zs.append(z)
            activations.append(a)
        loss = 0.5 * torch.nn.functional.mse_loss(a, self.target, reduction="sum")
        loss.backward()
        return zs, activations, loss

    def numbers(self) -> Numbers:
        """All it computed."""
        zs, activations, loss = self.run()
        return {
            "z": [z.detach().numpy() for z in zs],
            "a": [a.detach().numpy() for a in activations],
            "dl_da": [a.grad.numpy() for a in activations],
            "dl_dz": [z.grad.numpy() for z in zs],
            "dl_dw": [w.grad.numpy() for w, _ in self.layers],
            "dl_db": [b.grad.numpy() for _, b in self.layers],
            "dl_dx": [self.x.grad.numpy()],
            "loss": [loss.detach().numpy()],
        }
