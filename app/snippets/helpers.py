"""The functions that NumPy programs define for themselves, for what NumPy lacks or does not compute with care."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

HELPERS: Mapping[str, str] = MappingProxyType(
    {
        "sigmoid": '''\
def sigmoid(z):
    """1 / (1 + e^-z); of the two ways to write it, for each z the one that cannot overflow."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)
''',
        "softmax": '''\
def softmax(z):
    """Exponentials as shares of their sum; the largest z is taken off first, so that none overflows."""
    e = np.exp(z - np.max(z))
    return e / np.sum(e)
''',
        "softmax_jacobian": '''\
def softmax_jacobian(a):
    """da/dz, row = a, column = z; its columns sum to 0, which gives the diagonal a * (1 - a) without subtracting."""
    jacobian = -np.outer(a, a)
    np.fill_diagonal(jacobian, 0)
    return jacobian - np.diag(np.sum(jacobian, axis=0))
''',
        "log_softmax": '''\
def log_softmax(z):
    """ln of softmax, exact also where one share is nearly 1: log1p of the others' exponentials."""
    shifted = z - np.max(z)
    e = np.exp(shifted)
    e[np.argmax(z)] = 0
    return shifted - np.log1p(np.sum(e))
''',
        "others": '''\
def others(a):
    """For each element the sum of all others; np.sum(a) - a would cancel."""
    return (1 - np.eye(len(a))) @ a
''',
        "normal": '''\
def normal(z):
    """The normal distribution: by erfc, which keeps its digits on the left, and which NumPy does not have."""
    return np.array([0.5 * math.erfc(-each / math.sqrt(2)) for each in z])
''',
    }
)
"""Functions that a NumPy program defines if it calls them."""
