"""Named wrong rules of the backward pass, each a small variation of the right one's operations.

``backward`` and ``trace`` stay as they are and know nothing of this.
"""
