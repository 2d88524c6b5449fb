"""HTTP: how a request comes in and an answer goes out. Knows no network and nothing that is computed."""
