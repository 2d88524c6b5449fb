"""What clients send to have a record drawn: the record as the API gave it, and how the figure is to look."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..wire.documenting import documented
from ..wire.incoming.validation import Body
from ..wire.incoming.values import StopAtFirst
from . import figure_examples

Number = Annotated[float | None, Field(description="A number; null where there is none.")]
Series = Annotated[list[Number], StopAtFirst()]
Table = Annotated[list[Series], StopAtFirst()]
Held = Annotated[list[bool], StopAtFirst()]
Labels = Annotated[list[Annotated[int, Field(ge=0, le=1023)]], StopAtFirst()]
Decisions = Annotated[list[Labels], StopAtFirst()]
Axis = Annotated[list[float], StopAtFirst(), Field(min_length=2)]
RunName = Annotated[str, Field(max_length=200)]
WholeNumber = Annotated[int, Field(ge=0, le=2**31 - 1)]
Epochs = Annotated[list[WholeNumber], StopAtFirst(), Field(min_length=1)]


def names_in(value: object) -> int:
    """How many names stand in the JSON text of a checked value."""
    if isinstance(value, Body):
        return len(value.model_fields_set) + sum(names_in(getattr(value, name)) for name in value.model_fields_set)
    if isinstance(value, list) and value and isinstance(value[0], Body):
        return sum(map(names_in, value))
    return 0


class FigureRequest(Body):
    """How a figure is to look."""

    theme: Literal["light", "dark"] = Field(default="light", description="Colours of the figure.")
    language: Literal["en", "zh"] = Field(default="en", description="Language of its words.")

    def name_count(self) -> int:
        """Its own names and those of the records inside."""
        return names_in(self)


class CurvesRecord(Body):
    """The history of a training, one list per field of its epoch events."""

    epochs: Epochs = Field(description="The epochs recorded; every other list is as long.")
    loss: Series | None = Field(default=None, description="Loss of one example.")
    total_loss: Series | None = Field(default=None, description="Total loss of the training part.")
    test_total_loss: Series | None = Field(default=None, description="Total loss of the part held out.")
    cost: Series | None = Field(default=None, description="Cost of the training part.")
    test_cost: Series | None = Field(default=None, description="Cost of the part held out.")
    train_accuracy: Series | None = Field(default=None, description="Accuracy on the training part.")
    test_accuracy: Series | None = Field(default=None, description="Accuracy on the part held out.")
    name: RunName | None = Field(default=None, description="What to call this run beside another one.")


class OverTime(FigureRequest):
    """How a figure over time is laid out."""

    shown_epoch: WholeNumber | None = Field(default=None, description="An epoch to be marked by a line.")
    stacked: bool = Field(default=False, description="Whether its panels stand one above the other.")


class CurvesRequest(CurvesRecord, OverTime):
    """The history of a training and, laid over it, of a twin."""

    model_config = documented(figure_examples.CURVES)

    log: bool = Field(default=True, description="Whether losses stand on a logarithmic axis.")
    twin: CurvesRecord | None = Field(default=None, description="The history of another run.")


class GradientFlowRecord(Body):
    """Gradients and gains of a training, one row per epoch, one column per layer."""

    epochs: Epochs = Field(description="The epochs recorded.")
    gradient_norms: Table = Field(description="‖∂L/∂w‖ per epoch and layer.")
    gain_means: Table = Field(default_factory=list, description="Mean |σ'(z)| per epoch and layer; may be left out.")
    name: RunName | None = Field(default=None, description="What to call this run beside another one.")


class GradientFlowRequest(GradientFlowRecord, OverTime):
    """The flow of gradients in a training and, beside it, in a twin."""

    model_config = documented(figure_examples.GRADIENT_FLOW)

    twin: GradientFlowRecord | None = Field(default=None, description="The same of another run.")


class LoopOrMatrixFigureRequest(FigureRequest):
    """An answer of /loop-or-matrix."""

    model_config = documented(figure_examples.LOOP_OR_MATRIX)

    sizes: Epochs = Field(description="Units of the layers measured.")
    loop_seconds: Series = Field(description="Seconds in loops.")
    matrix_seconds: Series = Field(description="Seconds as a product.")
    ratio: Series | None = Field(default=None, description="Worked out anew; may be left out.")


class OriginRecord(Body):
    """Where the network stands in the plane."""

    u: float = Field(description="Its u.")
    v: float = Field(description="Its v.")
    total_loss: float | None = Field(description="The total loss there; null where there is none.")


class PathRecord(Body):
    """A path of descent seen in the plane."""

    u: Series = Field(description="u of each projected θ.")
    v: Series = Field(description="v of each projected θ.")
    distance: Series = Field(description="How far each θ is from the plane.")
    total_loss: Series = Field(description="The total loss at each θ itself.")
    share: float | None = Field(description="Which part of the path lies in the plane; null where there is none.")


class GradientRecord(Body):
    """∇L seen in the plane."""

    slopes: Series = Field(description="The derivative of the total loss along u and v.")
    u: float | None = Field(description="u of ∇L projected; null where there is none.")
    v: float | None = Field(description="v of the same; null where there is none.")
    share: float | None = Field(description="How long the projection is by the length of ∇L; null where there is none.")


class LandscapeRecord(Body):
    """An answer of /landscape."""

    kind: Literal["parameters", "path", "random"] = Field(description="What spans the plane.")
    pointers: Annotated[list[str], StopAtFirst(), Field(min_length=2, max_length=2)] | None = Field(
        description="The two parameters; null if it is not spanned by two."
    )
    directions: Table | None = Field(default=None, description="Not drawn; may be left out.")
    u_values: Axis = Field(description="The columns.")
    v_values: Axis = Field(description="The rows.")
    total_loss: Table = Field(description="The total loss, one row per v.")
    origin: OriginRecord = Field(description="Where the network stands.")
    path: PathRecord | None = Field(description="The path; null if there is none.")
    gradient: GradientRecord = Field(description="∇L at the network.")


class SurfaceRequest(FigureRequest):
    """An answer of /landscape to be drawn."""

    model_config = documented(figure_examples.SURFACE)

    landscape: LandscapeRecord = Field(description="The answer of /landscape.")
    log: bool = Field(default=False, description="Whether the total loss stands on a logarithmic scale.")


class ResponsesRecord(Body):
    """The response of one layer's units."""

    a: Annotated[list[Table], StopAtFirst()] = Field(description="a by unit, row and column.")


class FeaturesRecord(Body):
    """Where the data lies in one layer: one entry of features of an answer of /regions."""

    kind: Literal["units", "pca"] = Field(description="What the coordinates are.")
    origin: Series | None = Field(default=None, description="Not drawn; may be left out.")
    directions: Annotated[list[Series], StopAtFirst(), Field(min_length=1, max_length=2)] = Field(
        description="One row per coordinate."
    )
    shares: Series = Field(description="Which part of the variance each coordinate keeps.")
    coordinates: Table = Field(description="Of the data.")
    grid: Annotated[list[Table], StopAtFirst()] = Field(description="Of the bent grid: row, column, coordinate.")


class LinesRecord(Body):
    """The input grid that is bent."""

    x_values: Series = Field(description="Values of the first varying input.")
    y_values: Series | None = Field(description="Values of the second; null if one input varies.")


class RegionsRecord(Body):
    """An answer of /regions; layers, features and lines may be left out where they are not drawn."""

    inputs: Annotated[list[Annotated[int, Field(ge=0)]], StopAtFirst(), Field(min_length=1, max_length=2)] = Field(
        description="Which inputs vary."
    )
    x_values: Axis = Field(description="The columns.")
    y_values: Axis | None = Field(description="The rows; null if one input varies.")
    layers: Annotated[list[ResponsesRecord], StopAtFirst()] = Field(
        default_factory=list, description="Per layer the response of its units."
    )
    decision: Decisions | None = Field(default=None, description="The class chosen at each point.")
    features: Annotated[list[FeaturesRecord], StopAtFirst()] | None = Field(default=None, description="Not drawn here.")
    lines: LinesRecord | None = Field(default=None, description="Not drawn here.")


class ResponseRequest(FigureRequest):
    """One unit of an answer of /regions to be drawn."""

    model_config = documented(figure_examples.RESPONSE)

    regions: RegionsRecord = Field(description="The answer of /regions.")
    layer: int = Field(ge=0, description="The layer, 0-based.")
    unit: int = Field(ge=0, description="The unit, 0-based.")


class WithClasses(FigureRequest):
    """What the classes of the data are."""

    labels: Labels | None = Field(default=None, description="The class of each example; one colour for all if null.")
    class_names: Annotated[list[str], StopAtFirst(), Field(max_length=1024)] = Field(
        default_factory=list, description="The names of the classes; their numbers if left out."
    )


class DecisionMapRequest(WithClasses):
    """The decision map of an answer of /regions to be drawn."""

    model_config = documented(figure_examples.DECISION_MAP)

    regions: RegionsRecord = Field(description="The answer of /regions, over two inputs.")
    xs: Table | None = Field(default=None, description="Data to be drawn on top, one row per example.")


class FeaturePlaneRequest(WithClasses):
    """The plane of one layer to be drawn."""

    model_config = documented(figure_examples.FEATURE_PLANE)

    features: FeaturesRecord = Field(description="One entry of features of an answer of /regions.")
    layer: int = Field(ge=0, description="Its place there: 0 for the input.")


class FeaturePlanesRequest(WithClasses):
    """The planes of several layers to be drawn in one figure."""

    model_config = documented(figure_examples.FEATURE_PLANES)

    features: Annotated[list[FeaturesRecord], StopAtFirst(), Field(min_length=1, max_length=65)] = Field(
        description="features of an answer of /regions: the input, then each layer."
    )
    columns: int = Field(default=3, ge=1, le=12, description="How many planes stand side by side.")
    held_out: Held | None = Field(
        default=None, description="Which of the examples were held out; they are drawn hollow."
    )
    highlighted: int | None = Field(default=None, ge=0, description="The place of an example to be ringed.")
