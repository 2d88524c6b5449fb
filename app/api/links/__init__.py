"""Short links: the long link of a page, kept on the server."""
