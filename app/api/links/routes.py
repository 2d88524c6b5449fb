"""Short links: a page's long link is kept, and a short one leads to the page, which then asks for it."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Body, Path, Request
from starlette.responses import Response

from ...store.contract import Link
from ...store.links import id_of
from ..services import ServicesHere, get_services
from ..wire.clients import client_of
from ..wire.documenting import INPUT, errors, named
from ..wire.problems import LINK_NOT_FOUND, STORE_UNAVAILABLE, TOO_BUSY, over_limit, refuse
from ..wire.routing import PREFIX, JSONRoute, json_response, json_router
from . import schemas

EXAMPLE = Link(**schemas.EXAMPLE)
EXAMPLE_ID = id_of(EXAMPLE.page, EXAMPLE.fragment)
FRAGMENT = re.compile(r"[\w.~!$&'()*+,;=:@/?%-]+", re.ASCII)
"""As RFC 3986 has it: no space, no line break, no quote, no letter beyond ASCII."""
STORE = (STORE_UNAVAILABLE, TOO_BUSY)


class LinkRoute(JSONRoute):
    """A route on links: that of the example is there before it is asked for."""

    async def provide(self, request: Request) -> None:
        """Have the link be there."""
        if request.path_params.get("id") == EXAMPLE_ID:
            services = get_services(request)
            await services.store_work.run(services.links.keep, EXAMPLE)


router = json_router("Links", PREFIX + "/links", LinkRoute)

IdInPath = Annotated[str, Path(description="Id of a link, as POST /api/v1/links gave it.", examples=[EXAMPLE_ID])]
LinkBody = Annotated[
    schemas.LinkRequest,
    Body(
        openapi_examples=named(
            explorer=("A moment in the Explorer", schemas.EXAMPLE),
            lab=("A recipe in the Lab", schemas.RECIPE),
        )
    ),
]


@router.post(
    "",
    status_code=201,
    response_model=schemas.ShortLink,
    responses=errors(*INPUT, *STORE),
    summary="Keep a link for a short one",
)
async def post_links(body: LinkBody, services: ServicesHere, request: Request) -> Response:
    """Keep what a page's link says; of the links, those that are used least make room when there is none."""
    most = services.limits["link_characters"]
    if len(body.fragment) > most:
        raise over_limit("link_characters", most, f"this link has {len(body.fragment)}", "/fragment")
    if not FRAGMENT.fullmatch(body.fragment):
        raise refuse("/fragment", "not_a_fragment", "Expected the fragment of an address, escaped and without the #.")
    link = Link(body.page, body.fragment)
    link_id = await services.store_work.run(services.links.keep, link, client_of(request.scope))
    location = request.app.url_path_for("get_link", id=link_id)
    return json_response(
        {"id": link_id, "path": f"s/{link_id}"}, 201, {"Location": f"{request.scope.get('root_path', '')}{location}"}
    )


@router.get(
    "/{id}",
    response_model=schemas.KeptLink,
    responses=errors(LINK_NOT_FOUND, *STORE),
    summary="The link that a short one stands for",
)
async def get_link(id: IdInPath, services: ServicesHere) -> Response:
    """The page and what stands behind the # of its address."""
    link = await services.store_work.run(services.links.get, id)
    return json_response({"page": link.page, "fragment": link.fragment})
