"""What is sent and answered about links, field by field."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..wire.documenting import documented
from ..wire.incoming.validation import Body
from ..wire.incoming.values import OneOf
from ..wire.outgoing.documents import Document

EXPLORER = "explorer"
PAGES = {EXPLORER: "", "lab": "lab"}
"""The pages whose links are kept, with their paths below the server's root: a short link leads nowhere else."""
EXAMPLE = {"page": EXPLORER, "fragment": "v=1&preset=lecture-1-1&view=both&steps=unit&at=27&lang=en"}
RECIPE = {"page": "lab", "fragment": "v=1&data=circles&sizes=2-4-2-1&hidden=tanh&output=sigmoid&epochs=100"}

Page = Annotated[str, OneOf(tuple(PAGES))]
PAGE = "The page that the link is one of."
FRAGMENT = "What stands behind the # of its address, with its escapes."


class LinkRequest(Body):
    """The link of a page."""

    model_config = documented(EXAMPLE, RECIPE)

    page: Page = Field(description=PAGE)
    fragment: str = Field(description=FRAGMENT)


class KeptLink(Document):
    """A link that is kept."""

    page: Page = Field(description=PAGE)
    fragment: str = Field(description=FRAGMENT)


class ShortLink(Document):
    """What a link is kept under."""

    id: str = Field(description="Its id, the same for the same link.")
    path: str = Field(description="The path of the short link, below the server's root; it leads to the page.")
