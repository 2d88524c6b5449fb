"""Records as Plotly figures, each with the same numbers as a table."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Body
from starlette.responses import Response

from ....figures.curves import History, curves, loop_or_matrix
from ....figures.feature_planes import Examples, feature_planes
from ....figures.fit import fit
from ....figures.gradient_flow import Flow, gradient_flow
from ....figures.look import Figure, Look
from ....figures.planes import decision_map, feature_plane, response
from ....figures.surfaces import contour, surface
from ...bounds.limits import check_batch, check_network
from ...services import ServicesHere
from ...wire.documenting import INPUT, errors
from ...wire.outgoing.encoding import in_parts
from ...wire.problems import TOO_BUSY
from ...wire.routing import PREFIX, JSONParts, json_router
from .. import documents, figure_checks, figure_examples
from ..figure_schemas import (
    CurvesRecord,
    CurvesRequest,
    DecisionMapRequest,
    FeaturePlaneRequest,
    FeaturePlanesRequest,
    FigureRequest,
    GradientFlowRecord,
    GradientFlowRequest,
    LoopOrMatrixFigureRequest,
    ResponseRequest,
    SurfaceRequest,
)
from ..fit import FIT, FitRequest, parts_of, sizes_of

router = json_router("Figures", PREFIX + "/figures")

SHARED: dict[str, Any] = {"response_model": documents.PlotlyFigure, "responses": errors(*INPUT, TOO_BUSY)}


def example(body: dict[str, Any]) -> Any:
    """The body parameter's example."""
    return Body(openapi_examples={"small": {"summary": "A small record", "value": body}})


def look(body: FigureRequest) -> Look:
    """How the figure is to look."""
    return Look(body.theme, body.language)


def drawn(figure: Figure) -> Response:
    """A figure as the answer."""
    return JSONParts(list(in_parts(figure.document())))


def history(record: CurvesRecord) -> History:
    """A history in the terms of the figures."""
    return History(record.epochs, figure_checks.curves_of(record), record.name or "")


def flow(record: GradientFlowRecord) -> Flow:
    """The same for gradients."""
    return Flow(record.epochs, record.gradient_norms, record.gain_means, record.name or "")


@router.post("/curves", summary="Draw losses over time", **SHARED)
def post_curves(body: Annotated[CurvesRequest, example(figure_examples.CURVES)]) -> Response:
    """Loss, total loss and cost, each under its own name, for the training part and the part held out; accuracy."""
    figure_checks.check_curves(body)
    twin = None if body.twin is None else history(body.twin)
    shown, stacked = body.shown_epoch, body.stacked
    return drawn(curves(history(body), look(body), log=body.log, twin=twin, shown_epoch=shown, stacked=stacked))


@router.post("/gradient-flow", summary="Draw gradients and gains per layer over time", **SHARED)
def post_gradient_flow(body: Annotated[GradientFlowRequest, example(figure_examples.GRADIENT_FLOW)]) -> Response:
    """The size of ∂L/∂w and the mean gain of each layer: where gradients vanish; a twin on axes of the same range."""
    figure_checks.check_gradient_flow(body)
    twin = None if body.twin is None else flow(body.twin)
    shown, stacked = body.shown_epoch, body.stacked
    return drawn(gradient_flow(flow(body), look(body), twin=twin, shown_epoch=shown, stacked=stacked))


@router.post("/fit", summary="Draw how well values are fitted", **SHARED)
def post_fit(body: Annotated[FitRequest, example(FIT)], services: ServicesHere) -> Response:
    """Target against output of every example, those held out told apart, with R²; for one input the curve as well."""
    sizes = sizes_of(body)
    check_network(sizes, services.limits, "/network/layers")
    check_batch(sizes, len(body.xs) + len(body.test_xs or ()), per_example=False, limits=services.limits)
    parts, curve = parts_of(body)
    return drawn(fit(parts, curve, (body.input_name, body.target_name), look(body), stacked=body.stacked))


@router.post("/loop-or-matrix", summary="Draw loop against matrix", **SHARED)
def post_loop_or_matrix_figure(
    body: Annotated[LoopOrMatrixFigureRequest, example(figure_examples.LOOP_OR_MATRIX)],
) -> Response:
    """How many times as long loops take as the product, by size."""
    figure_checks.check_loop_or_matrix(body)
    return drawn(loop_or_matrix(body.sizes, body.loop_seconds, body.matrix_seconds, look(body)))


@router.post("/surface", summary="Draw a landscape in three dimensions", **SHARED)
def post_surface(body: Annotated[SurfaceRequest, example(figure_examples.SURFACE)]) -> Response:
    """The total loss as a surface, with the path of descent at its own heights."""
    figure_checks.check_landscape_record(body.landscape)
    return drawn(surface(body.landscape.model_dump(), look(body), log=body.log))


@router.post("/contour", summary="Draw a landscape as contours", **SHARED)
def post_contour(body: Annotated[SurfaceRequest, example(figure_examples.SURFACE)]) -> Response:
    """The total loss as contours, with the path of descent and the direction of −∇L."""
    figure_checks.check_landscape_record(body.landscape)
    return drawn(contour(body.landscape.model_dump(), look(body), log=body.log))


@router.post("/response", summary="Draw one unit over the input plane", **SHARED)
def post_response(body: Annotated[ResponseRequest, example(figure_examples.RESPONSE)]) -> Response:
    """One unit's a over the grid."""
    figure_checks.check_response(body)
    return drawn(response(body.regions.model_dump(), body.layer, body.unit, look(body)))


@router.post("/decision-map", summary="Draw the decision map", **SHARED)
def post_decision_map(body: Annotated[DecisionMapRequest, example(figure_examples.DECISION_MAP)]) -> Response:
    """The class chosen at each point of the input plane, under the data."""
    figure_checks.check_decision_map(body)
    regions = body.regions.model_dump()
    return drawn(decision_map(regions, body.xs, body.labels, body.class_names, look(body)))


@router.post("/feature-plane", summary="Draw the data in the plane of one layer", **SHARED)
def post_feature_plane(body: Annotated[FeaturePlaneRequest, example(figure_examples.FEATURE_PLANE)]) -> Response:
    """The data as one layer sees it, and the input grid bent along."""
    figure_checks.check_feature_plane(body)
    features = body.features.model_dump()
    return drawn(feature_plane(features, body.layer, body.labels, body.class_names, look(body)))


@router.post("/feature-planes", summary="Draw the data in the planes of all layers", **SHARED)
def post_feature_planes(body: Annotated[FeaturePlanesRequest, example(figure_examples.FEATURE_PLANES)]) -> Response:
    """The data as each layer sees it, from the input to the output, and the input grid bent along."""
    figure_checks.check_feature_planes(body)
    data = Examples(body.labels, body.class_names, body.held_out, body.highlighted)
    features = [record.model_dump() for record in body.features]
    return drawn(feature_planes(features, data, look(body), body.columns))
