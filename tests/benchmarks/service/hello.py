"""The bare FastAPI hello-world that the API is measured against."""

from fastapi import FastAPI


def create_app() -> FastAPI:
    """One route that answers a constant."""
    app = FastAPI()

    @app.get("/")
    async def hello() -> dict[str, str]:
        return {"hello": "world"}

    return app
