"""Whether the lists of a record to be drawn fit together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from ...core.record.parameter import PARAMETER
from ..network.shapes import Errors, misfit
from ..wire.problems import MAX_ERRORS, InputError, invalid
from .figure_schemas import (
    CurvesRecord,
    CurvesRequest,
    DecisionMapRequest,
    FeaturePlaneRequest,
    FeaturePlanesRequest,
    FeaturesRecord,
    GradientFlowRequest,
    LandscapeRecord,
    LoopOrMatrixFigureRequest,
    RegionsRecord,
    ResponseRequest,
    Series,
)


def _length(values: Sequence[Any] | None, expected: int, pointer: str) -> Errors:
    if values is None or len(values) == expected:
        return []
    return [misfit(pointer, expected, "as the lists beside it", len(values))]


def _matrix(rows: Sequence[Sequence[Any]] | None, height: int, width: int, pointer: str) -> Errors:
    if rows is None:
        return []
    wrong = (
        misfit(f"{pointer}/{index}", width, "one per column", len(row))
        for index, row in enumerate(rows)
        if len(row) != width
    )
    return [*_length(rows, height, pointer), *islice(wrong, MAX_ERRORS)]


def _refuse(errors: Errors) -> None:
    if errors:
        raise invalid(errors)


def check_curves(body: CurvesRequest) -> None:
    """Raises ``Problem``."""
    errors: Errors = []
    for record, start in ((body, ""), (body.twin, "/twin")):
        if record is not None:
            for name, series in curves_of(record).items():
                errors += _length(series, len(record.epochs), f"{start}/{name}")
    recorded = [series for record in (body, body.twin) if record is not None for series in curves_of(record).values()]
    if all(value is None for series in recorded for value in series):
        errors.append(InputError("", "missing", "Expected at least one number to draw, such as a cost."))
    _refuse(errors)


def curves_of(record: CurvesRecord) -> dict[str, Series]:
    """The series by name, of a history those that are there."""
    names = ("loss", "total_loss", "test_total_loss", "cost", "test_cost", "train_accuracy", "test_accuracy")
    return {name: getattr(record, name) for name in names if getattr(record, name) is not None}


def check_gradient_flow(body: GradientFlowRequest) -> None:
    """Raises ``Problem``."""
    errors: Errors = []
    for record, start in ((body, ""), (body.twin, "/twin")):
        if record is None:
            continue
        for name, rows in (("gradient_norms", record.gradient_norms), ("gain_means", record.gain_means)):
            if name == "gradient_norms" or rows:
                errors += _matrix(rows, len(record.epochs), len(rows[0]) if rows else 0, f"{start}/{name}")
    _refuse(errors)


def check_loop_or_matrix(body: LoopOrMatrixFigureRequest) -> None:
    """Raises ``Problem``."""
    count = len(body.sizes)
    _refuse(_length(body.loop_seconds, count, "/loop_seconds") + _length(body.matrix_seconds, count, "/matrix_seconds"))


def check_landscape_record(record: LandscapeRecord) -> None:
    """Raises ``Problem``."""
    errors = _matrix(record.total_loss, len(record.v_values), len(record.u_values), "/landscape/total_loss")
    if record.path is not None:
        for name in ("v", "distance", "total_loss"):
            errors += _length(getattr(record.path, name), len(record.path.u), f"/landscape/path/{name}")
    for index, pointer in enumerate(record.pointers or ()):
        if not PARAMETER.fullmatch(pointer):
            detail = "Expected the address of a weight or a bias, such as /layers/0/w/0/0."
            errors.append(InputError(f"/landscape/pointers/{index}", "no_such_parameter", detail))
    _refuse(errors)


def _height(record: RegionsRecord) -> tuple[int, Errors]:
    errors: Errors = []
    if (record.y_values is None) != (len(record.inputs) == 1):
        detail = "Expected y_values if two inputs vary, null if one does."
        errors.append(InputError("/regions/y_values", "wrong_length", detail))
    return (1 if record.y_values is None else len(record.y_values)), errors


def check_response(body: ResponseRequest) -> None:
    """Raises ``Problem``."""
    height, errors = _height(body.regions)
    layers = body.regions.layers
    if body.layer >= len(layers):
        errors.append(InputError("/layer", "out_of_range", "Expected the place of a layer in regions/layers."))
    elif body.unit >= len(layers[body.layer].a):
        errors.append(InputError("/unit", "out_of_range", "Expected the place of a unit in its layer."))
    else:
        pointer = f"/regions/layers/{body.layer}/a/{body.unit}"
        errors += _matrix(layers[body.layer].a[body.unit], height, len(body.regions.x_values), pointer)
    _refuse(errors)


def check_decision_map(body: DecisionMapRequest) -> None:
    """Raises ``Problem``."""
    height, errors = _height(body.regions)
    if len(body.regions.inputs) != 2:
        errors.append(InputError("/regions/inputs", "wrong_length", "Expected two varying inputs."))
    if body.regions.decision is None:
        errors.append(InputError("/regions/decision", "missing", "Expected a decision: this output names no classes."))
    errors += _matrix(body.regions.decision, height, len(body.regions.x_values), "/regions/decision")
    if body.labels is not None and body.xs is None:
        errors.append(InputError("/labels", "missing", "Expected labels together with xs only."))
    if body.xs is not None:
        errors += _length(body.labels, len(body.xs), "/labels")
        needed = max(body.regions.inputs) + 1
        short = (index for index, row in enumerate(body.xs) if len(row) < needed)
        errors += [
            InputError(f"/xs/{index}", "too_short", f"Expected at least {needed} numbers, one per input.")
            for index in islice(short, MAX_ERRORS)
        ]
    _refuse(errors)


def _plane(record: FeaturesRecord, labels: Sequence[int] | None, pointer: str) -> Errors:
    width = len(record.directions)
    errors = _length(record.shares, width, f"{pointer}/shares")
    errors += _matrix(record.coordinates, len(record.coordinates), width, f"{pointer}/coordinates")
    errors += _length(labels, len(record.coordinates), "/labels")
    columns = len(record.grid[0]) if record.grid else 0
    for index, row in enumerate(record.grid):
        errors += _matrix(row, columns, width, f"{pointer}/grid/{index}")
    return errors


def check_feature_plane(body: FeaturePlaneRequest) -> None:
    """Raises ``Problem``."""
    _refuse(_plane(body.features, body.labels, "/features")[:MAX_ERRORS])


def check_feature_planes(body: FeaturePlanesRequest) -> None:
    """Raises ``Problem``."""
    count = len(body.features[0].coordinates)
    errors: Errors = []
    for index, record in enumerate(body.features):
        errors += _length(record.coordinates, count, f"/features/{index}/coordinates")
        errors += _plane(record, None, f"/features/{index}")
    errors += _length(body.labels, count, "/labels") + _length(body.held_out, count, "/held_out")
    if body.highlighted is not None and body.highlighted >= count:
        errors.append(InputError("/highlighted", "out_of_range", "Expected the place of an example in coordinates."))
    _refuse(errors[:MAX_ERRORS])
