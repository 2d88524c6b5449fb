"""The HTML pages: routes, and what their templates show."""
