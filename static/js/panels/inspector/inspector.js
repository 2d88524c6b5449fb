/**
 * All about one unit, weight, bias, input, target or the loss: its numbers, what each came from, the proof, the paths.
 *
 * @import { AppState, Pointer } from "../../record/types.js"
 * @import { PanelContext } from "../../explorer/panels.js"
 * @import { GivenField } from "./given-field.js"
 */
import { h, keepingFocus } from "../../kit/dom.js";
import { givenAt } from "../../record/request.js";
import { givenField } from "./given-field.js";
import { latePart } from "../late.js";
import { mark, nameOf } from "../../record/mark.js";
import { createBoard, structureOf, watchAll } from "../numbers.js";
import { placeOf, subjectOf } from "../../record/pointers.js";
import { createSection } from "../section.js";
import { inspected, numbersOf, provable, sourcesOf } from "./subjects.js";

const SOURCES_SHOWN = 6;

/** What may be said of a number beside its symbol. */
const NOTED = ["z", "a", "gain", "jacobian", "dl_da", "dl_dz", "dl_dw", "dl_db", "dl_dx", "loss"];

/**
 * @param {HTMLElement} root
 * @param {PanelContext} context
 */
export function mountInspector(root, context) {
  const { store, actions, t } = context;
  const board = createBoard(store);
  const proof = latePart(context, async () => (await import("./proof.js")).createProof(context));
  const paths = latePart(context, async () => (await import("./paths.js")).createPaths(context));
  /** @type {Pointer | null} */
  let subject = null;
  /** @type {GivenField[]} */
  let inputs = [];
  /** @type {{ pointer: Pointer, step: HTMLButtonElement, sources: HTMLElement }[]} */
  let origins = [];

  /** @param {Pointer} pointer */
  const sourceButton = (pointer) => {
    const target = subjectOf(pointer);
    const button = h(
      "button",
      { type: "button", class: "source", "data-term": pointer, "data-keep": pointer },
      mark(pointer),
    );
    if (target === null) button.disabled = true;
    else button.addEventListener("click", () => actions.select(target));
    return button;
  };

  /** The step that wrote each number, and what it read. @param {AppState} state */
  const trackOrigins = ({ timeline, trace }) => {
    if (timeline === null || trace === null) return;
    for (const { pointer, step, sources } of origins) {
      const index = timeline.writtenBy.get(pointer);
      const writer = index === undefined ? undefined : trace.steps[index];
      step.hidden = sources.hidden = writer === undefined;
      if (writer === undefined) continue;
      step.textContent = String(writer.index + 1);
      step.setAttribute("aria-label", t("panel.inspector.go_to", { step: writer.index + 1 }));
      const reads = sourcesOf(writer, pointer);
      const shown = reads.slice(0, SOURCES_SHOWN);
      const rest = reads.length - shown.length;
      keepingFocus(sources, () =>
        sources.replaceChildren(
          t("panel.inspector.from"),
          ...shown.map(sourceButton),
          rest > 0 ? t("panel.inspector.more", { count: rest }) : "",
        ),
      );
    }
  };

  /** @param {Pointer} pointer @param {AppState} state */
  const rowOf = (pointer, { request }) => {
    const name = placeOf(pointer)?.name ?? "";
    const isGiven = request !== null && givenAt(request, pointer) !== null;
    const note =
      NOTED.includes(name) && !pointer.startsWith("/updated")
        ? h("span", { class: "row-note" }, t(`panel.note.${name}`))
        : null;
    const head = h("span", { class: "row-name", "data-term": pointer }, mark(pointer), note);
    if (isGiven) {
      const input = givenField(context, pointer, nameOf(t, pointer));
      inputs.push(input);
      return h("li", { class: "inspector-row given" }, head, input.element);
    }
    const step = h("button", { type: "button", class: "step-link", title: t("panel.inspector.step") });
    step.addEventListener("click", () => {
      const writer = store.get().timeline?.writtenBy.get(pointer);
      if (writer !== undefined) actions.goTo(writer + 1);
    });
    const sources = h("span", { class: "sources" });
    origins.push({ pointer, step, sources });
    return h(
      "li",
      { class: "inspector-row" },
      head,
      board.show(h("span", { class: "row-value" }), pointer),
      step,
      sources,
    );
  };

  const section = createSection(context, {
    name: "inspector",
    dependsOn: [(state) => (subject = inspected(state, subject)), structureOf, (state) => state.selected === null],
    heading: () => (subject === null ? t("panel.inspector.title") : nameOf(t, subject)),
    clear() {
      board.clear();
      for (const input of inputs) input.destroy();
      inputs = [];
      origins = [];
      proof.about(null);
      paths.about(null);
    },
    render(body, state) {
      if (subject === null || state.request === null) {
        body.replaceChildren(h("p", { class: "panel-note" }, t("panel.inspector.none")));
        return;
      }
      const { request, selected } = state;
      const follow = h("button", { type: "button", class: "quiet-button" }, t("panel.inspector.follow"));
      follow.addEventListener("click", () => actions.select(null));
      const activation = placeOf(subject)?.name === "z" ? activationTitle(state, subject) : null;
      const named = subject === "/loss/value" ? lossTitle(state) : activation;
      body.replaceChildren(
        ...(named ? [h("p", { class: "panel-note" }, named)] : []),
        h(
          "ul",
          { class: "inspector-rows" },
          ...numbersOf(request, subject, state.catalog).map((pointer) => rowOf(pointer, state)),
        ),
        proof.element,
        paths.element,
        ...(selected === null
          ? [h("p", { class: "panel-note" }, t("panel.inspector.following"))]
          : [h("div", { class: "panel-tools" }, follow)]),
      );
      trackOrigins(state);
      const name = placeOf(subject)?.name;
      // Under a signal of one's own the derivatives are not the loss's, and there is no slope to measure.
      proof.about(request.signal === undefined ? provable(subject) : null, name === "z");
      paths.about(name === "w" || name === "b" ? subject : null);
    },
  });
  root.append(section);
  watchAll(store, [(state) => state.timeline, (state) => state.language], trackOrigins);
  store.watch(
    (state) => state.request,
    () => inputs.forEach((input) => input.refresh()),
  );
}

/** @param {AppState} state @param {Pointer} subject */
function activationTitle({ request, catalog, language }, subject) {
  const name = request?.network.layers[placeOf(subject)?.layer ?? 0]?.activation;
  return catalog?.activations.find((entry) => entry.name === name)?.title[language] ?? name ?? null;
}

/** @param {AppState} state */
function lossTitle({ request, catalog, language }) {
  return catalog?.losses.find((entry) => entry.name === request?.loss)?.title[language] ?? request?.loss ?? null;
}
