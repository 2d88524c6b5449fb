"""The OpenAPI document, and the pages about the API."""
