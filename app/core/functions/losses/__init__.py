"""Loss functions of one example, one registry entry each, which holds all there is to know about it.

``loss`` says what an entry holds; the entries are sorted by family into ``squares``, ``entropies``, ``distances`` and
``targetless``; ``registry`` lists them.
"""

from .distances import HUBER_DELTA
from .loss import Loss, OutputRule, Pair, Textbook, Words, Written
from .registry import LOSSES

__all__ = ["HUBER_DELTA", "LOSSES", "Loss", "OutputRule", "Pair", "Textbook", "Words", "Written"]
