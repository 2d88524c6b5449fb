/**
 * Draw a digit: the network of the moment shown says what it takes it for, stroke by stroke.
 *
 * The picture is made here as those of the data set were; every number of the network is the server's (POST /trace).
 *
 * @import { Trace, TraceRequest } from "../../record/types.js"
 * @import { LabContext } from "../context.js"
 * @import { CellMark, Mark, Stroke } from "../digit/strokes.js"
 */
import { problemFrom } from "../../api/asking.js";
import { h, icon } from "../../kit/dom.js";
import { significant } from "../../kit/format.js";
import { activationIn } from "../../record/functions.js";
import { translate } from "../../i18n/i18n.js";
import { createAsking } from "../digit/asking.js";
import { createCells } from "../digit/cells.js";
import { createOutputs, largest } from "../digit/outputs.js";
import { createPad } from "../digit/pad.js";
import { SIDE, pictureOf, standardised } from "../digit/picture.js";
import { createExplorerLink } from "../explorer-link.js";
import { watchView } from "./charts/watch-view.js";

/** At most 15 questions a second. */
const EVERY_MS = 67;
const AUTO = "";

/** @typedef {{ request: TraceRequest, epoch: number }} Wanted */

/** @param {HTMLElement} root @param {LabContext} context */
export function mountDraw(root, context) {
  const { store, api, t } = context;
  /** @type {Mark[]} */
  let marks = [];
  /** @type {Stroke | null} */
  let growing = null;
  /** @type {"pen" | "eraser"} */
  let tool = "pen";
  let picture = pictureOf([]);
  /** @type {(Wanted & { trace: Trace }) | null} */
  let shown = null;
  let meant = AUTO;

  const pad = createPad({
    tool: () => tool,
    onStroke(points, used) {
      growing = { tool: used, points };
      redraw();
    },
    onEnd() {
      if (growing !== null) marks = [...marks, { ...growing, points: [...growing.points] }];
      growing = null;
      redraw();
    },
  });
  const cells = createCells({
    t,
    onSet(row, column, value) {
      /** @type {CellMark} */
      const mark = { tool: "cell", row, column, value };
      marks = [...marks, mark];
      redraw();
    },
  });
  const outputs = createOutputs(t);
  const about = h("p", { class: "draw-about", "data-draw": "about" });
  const loss = h("output", { class: "draw-loss", "data-draw": "loss" });
  const chooser = h("select", {
    class: "tool",
    "data-action": "draw-meant",
    "data-i18n-attr": "aria-label:lab.draw.meant",
  });
  chooser.addEventListener("change", () => {
    meant = chooser.value;
    ask();
  });

  /** @param {"pen" | "eraser"} name */
  const toolButton = (name) =>
    h("button", {
      type: "button",
      class: "tool",
      "data-action": `draw-${name}`,
      "aria-pressed": String(name === tool),
      "data-i18n": `lab.draw.${name}`,
      onclick: () => useTool(name),
    });
  const buttons = { pen: toolButton("pen"), eraser: toolButton("eraser") };
  const undo = h(
    "button",
    { type: "button", class: "tool", "data-action": "draw-undo", onclick: () => keep(marks.slice(0, -1)) },
    icon("undo"),
    h("span", { "data-i18n": "lab.draw.undo" }),
  );
  const clear = h(
    "button",
    { type: "button", class: "tool", "data-action": "draw-clear", onclick: () => keep([]) },
    icon("close"),
    h("span", { "data-i18n": "lab.draw.clear" }),
  );
  const link = createExplorerLink(context, {
    action: "draw-open-in-explorer",
    key: "lab.explorer.open",
    found: () => shown && { request: shown.request, epoch: shown.epoch, example: null },
  });

  /** @type {ReturnType<typeof createAsking<Wanted, Trace>>} */
  const asking = createAsking({
    every: EVERY_MS,
    ask: ({ request }) => api.lab.trace(request),
    show(trace, wanted) {
      shown = { ...wanted, trace };
      showAnswer();
    },
    fail(error) {
      shown = null;
      showAnswer();
      const { title, detail } = problemFrom(error);
      about.textContent = `${t(title)}: ${t(detail)}`;
    },
  });

  /** @param {"pen" | "eraser"} name */
  function useTool(name) {
    tool = name;
    for (const [each, button] of Object.entries(buttons)) button.setAttribute("aria-pressed", String(each === name));
    pad.element.dataset.tool = name;
  }

  /** @param {Mark[]} next */
  function keep(next) {
    marks = next;
    redraw();
  }

  function redraw() {
    const all = growing === null ? marks : [...marks, growing];
    pad.draw(all);
    picture = pictureOf(all);
    cells.draw(picture);
    for (const button of [undo, clear]) button.setAttribute("aria-disabled", String(all.length === 0));
    ask();
  }

  /** What the picture is to the network of the moment; null while there is nothing to ask. @returns {Wanted | null} */
  function wanted() {
    const { moment, examples } = store.get();
    const isBlank = picture.every((value) => value === 0);
    if (moment === null || examples === null || isBlank || examples.shift.length !== SIDE * SIDE) return null;
    const { network } = moment;
    const classes = network.layers.at(-1)?.b.length ?? 0;
    const x = standardised(picture, examples.shift, examples.scale);
    // Nobody has said which digit it is: then it is taken for the one it was taken for before.
    const last = shown?.trace.layers.at(-1)?.a ?? [];
    const digit = meant === AUTO ? Math.max(0, largest(last)) : Number(meant);
    const target = Array.from({ length: classes }, (_, at) => Number(at === digit));
    return { request: { network, x, target, loss: moment.request.loss }, epoch: moment.epoch };
  }

  function ask() {
    const next = wanted();
    if (next !== null) return asking.want(next);
    asking.drop();
    shown = null;
    showAnswer();
  }

  function showAnswer() {
    const { examples, digits, catalog } = store.get();
    const output = shown?.trace.layers.at(-1);
    const names = examples?.class_names ?? [];
    outputs.draw(names, output?.a ?? null, {
      isShare: activationIn(catalog, output?.activation ?? "")?.shares ?? false,
      digits,
    });
    about.textContent = shown === null ? "" : t("lab.draw.about", { epoch: shown.epoch });
    root.dataset.epoch = shown === null ? "" : String(shown.epoch);
    const value = shown?.trace.loss.value;
    loss.classList.toggle("pending", typeof value !== "number");
    loss.textContent = typeof value === "number" ? significant(value, digits) : "·";
    if (typeof value === "number") loss.dataset.value = String(value);
    else delete loss.dataset.value;
    link.prepare();
    // The target was that of the class it had been taken for; with another one the loss is another.
    if (shown !== null && output && meant === AUTO && shown.request.target[largest(output.a)] !== 1) ask();
  }

  function fillChooser() {
    const names = store.get().examples?.class_names ?? [];
    chooser.replaceChildren(
      h("option", { value: AUTO }, t("lab.draw.meant.auto")),
      ...names.map((name, at) => h("option", { value: at }, name)),
    );
    if (Number(meant) >= names.length) meant = AUTO;
    chooser.value = meant;
  }

  root.classList.add("draw");
  root.append(
    h("p", { class: "draw-lead", "data-i18n": "lab.draw.lead" }),
    h(
      "div",
      { class: "draw-board" },
      h(
        "figure",
        { class: "draw-side" },
        h("figcaption", { "data-i18n": "lab.draw.here" }),
        pad.element,
        h("div", { class: "draw-tools" }, buttons.pen, buttons.eraser, undo, clear),
      ),
      h(
        "figure",
        { class: "draw-side" },
        h("figcaption", { "data-i18n": "lab.draw.seen" }),
        cells.element,
        h("p", { class: "draw-note", "data-i18n": "lab.draw.keys" }),
      ),
      h(
        "div",
        { class: "draw-answer" },
        outputs.words,
        outputs.table,
        about,
        h(
          "p",
          { class: "draw-line" },
          h("label", {}, h("span", { "data-i18n": "lab.draw.meant" }), chooser),
          h("span", {}, h("span", { "data-i18n": "lab.draw.loss" }), " ", loss),
        ),
        link.element,
      ),
    ),
  );
  useTool(tool);
  watchView(
    context,
    "draw",
    (state) => state.language,
    () => {
      translate(root, t);
      fillChooser();
      redraw();
    },
  );
  watchView(
    context,
    "draw",
    (state) => state.examples,
    () => {
      fillChooser();
      ask();
    },
  );
  // While the training runs, the network of each moment is asked anew about the same picture.
  watchView(context, "draw", (state) => state.moment?.network, ask);
  watchView(context, "draw", (state) => state.digits, showAnswer);
  document.addEventListener("themechange", () => pad.draw(marks));
  fillChooser();
  translate(root, t);
  redraw();
}
