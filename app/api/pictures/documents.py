"""What the server answers about surfaces, data sets and speed; like ``documents``, these models only document."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from ..wire.outgoing.documents import UNHELD, Document, Finite, Vector

PLOTLY = "https://plotly.com/javascript/reference"
Cell = Annotated[float | str | bool | None, Field(description="A number, a word, or null where there is none.")]


class Origin(Document):
    """Where the network stands in the plane."""

    u: float = Field(description="Its u.")
    v: float = Field(description="Its v.")
    total_loss: float | None = Field(description="The total loss there." + UNHELD)


class ProjectedPath(Document):
    """A path of descent seen in the plane."""

    u: Vector = Field(description="u of each projected θ.")
    v: Vector = Field(description="v of each projected θ.")
    distance: Vector = Field(description="How far each θ really is from the plane.")
    total_loss: Vector = Field(description="The total loss at each θ itself, not at its projection.")
    share: float | None = Field(
        description="Which part of the path's squared distances from the network lies in the plane; null if it never "
        "leaves the network."
    )


class ProjectedGradient(Document):
    """∇L at the network, seen in the plane."""

    slopes: Vector = Field(description="The derivative of the total loss along u and along v.")
    u: float | None = Field(description="u of ∇L projected onto the plane; descent goes the other way." + UNHELD)
    v: float | None = Field(description="v of the same." + UNHELD)
    share: float | None = Field(description="How long the projection is by the length of ∇L; null where ∇L is 0.")


class Landscape(Document):
    """The total loss over a plane."""

    kind: Literal["parameters", "path", "random"] = Field(description="What spans the plane.")
    pointers: list[str] | None = Field(description="The two parameters that span it; null if it is not spanned by two.")
    directions: list[Vector] | None = Field(
        description="What a step along u and one along v add to θ; null for two parameters."
    )
    u_values: Vector = Field(description="The columns: values of the first parameter, or steps along u.")
    v_values: Vector = Field(description="The rows: values of the second parameter, or steps along v.")
    total_loss: list[Vector] = Field(description="The total loss, one row per v, one column per u.")
    origin: Origin = Field(description="Where the network stands.")
    path: ProjectedPath | None = Field(description="The path; null if none was sent.")
    gradient: ProjectedGradient = Field(description="∇L at the network.")


class Responses(Document):
    """The response of one layer's units."""

    a: list[list[Vector]] = Field(description="a of each unit at each point: unit, row (second input), column.")


class Features(Document):
    """Where the data lies in one layer."""

    kind: Literal["units", "pca"] = Field(
        description="units: the coordinates are a of its one or two units; pca: the plane of most variance."
    )
    origin: Vector = Field(description="The a that is the origin of the coordinates.")
    directions: list[Vector] = Field(description="One row per coordinate, one column per unit.")
    shares: Vector = Field(description="Which part of the data's variance each coordinate keeps; null without any.")
    coordinates: list[Vector] = Field(description="Of the data, one row per example.")
    grid: list[list[Vector]] = Field(description="Of the input grid, bent by the network: row, column, coordinate.")


class Lines(Document):
    """The input grid that is bent."""

    x_values: Finite = Field(description="Values of the first varying input.")
    y_values: Finite | None = Field(description="Values of the second; null if there is none.")


class Regions(Document):
    """Every unit over a grid of the input plane."""

    inputs: list[int] = Field(description="Which inputs vary.")
    x_values: Finite = Field(description="The columns: values of the first.")
    y_values: Finite | None = Field(description="The rows: values of the second; null if there is none (one row).")
    layers: list[Responses] = Field(description="Per layer wanted the response of its units.")
    decision: list[list[int]] | None = Field(
        description="The class chosen at each point: the largest output, or for one sigmoid output whether it is over "
        "0.5; null if the output names none."
    )
    features: list[Features] | None = Field(
        description="Where xs lies: in the input space first, then in each layer; null without xs."
    )
    lines: Lines | None = Field(description="The input grid bent in features; null without xs.")


class LoopOrMatrix(Document):
    """One layer as nested loops and as a matrix product, measured on this machine just now."""

    sizes: list[int] = Field(description="Units that send, and that receive.")
    loop_seconds: Vector = Field(description="Median seconds of one layer in nested Python loops.")
    matrix_seconds: Vector = Field(description="Median seconds of one layer as a matrix product.")
    ratio: Vector = Field(description="How many times as long the loops take.")


class PlotlyTrace(Document):
    """One trace of a figure, with the attributes that Plotly's reference gives for its type."""

    model_config = ConfigDict(json_schema_extra={"externalDocs": {"url": f"{PLOTLY}/"}})

    type: str = Field(description="Type of the trace: scatter, heatmap, contour, surface, …", examples=["scatter"])


class PlotlyLayout(Document):
    """The layout of a figure, with the attributes that Plotly's reference gives."""

    model_config = ConfigDict(json_schema_extra={"externalDocs": {"url": f"{PLOTLY}/layout/"}})


class Drawing(Document):
    """A figure as Plotly takes it."""

    data: list[PlotlyTrace] = Field(description="What is drawn.")
    layout: PlotlyLayout = Field(description="What it is drawn on.")


class TableTwin(Document):
    """The same numbers as a table."""

    columns: list[str] = Field(description="The heads.")
    rows: list[list[Cell]] = Field(description="The rows, one cell per column.")


class PlotlyFigure(Document):
    """A figure and its table twin."""

    figure: Drawing = Field(description="The figure, to be given to Plotly.newPlot.")
    table: TableTwin = Field(description="Its table twin.")
