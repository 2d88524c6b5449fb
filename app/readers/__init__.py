"""Networks that people bring from elsewhere: what a JSON document holds, and what is missing to make it a network.

``recognise`` finds out which kind it is; each kind has its reader: ``keras``, ``tensors`` (a state_dict and its like),
``weights`` (lists of matrices), ``scikit_learn``, ``own``. A reader gives layers as they were found; ``completing``
makes a network of them, or says what is missing and how to get it. Nothing is guessed that a file leaves open.
"""

from .reading import Answers, NotRead, Reading
from .recognise import read

__all__ = ["Answers", "NotRead", "Reading", "read"]
