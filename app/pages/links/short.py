"""Short links: from ``/s/{id}`` to the page whose link is kept; only ever to a page of this server."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from ...api.links.schemas import PAGES
from ...api.services import get_services

router = APIRouter(include_in_schema=False)


@router.get("/s/{id}")
async def get_short(id: str, request: Request) -> Response:
    """Lead to the page, which asks for its link by the id: so the way stays short through every proxy."""
    services = get_services(request)
    link = await services.store_work.run(services.links.get, id)
    # Relative, for a server behind a prefix.
    return Response(status_code=303, headers={"Location": f"../{PAGES[link.page]}#s={id}"})
