/**
 * How the run stands, in a sentence where there is one to say: why it ended, what could be done, how its twin does.
 *
 * @import { LabContext } from "../context.js"
 * @import { Run, Verdict } from "../types.js"
 */
import { h } from "../../kit/dom.js";
import { significant } from "../../kit/format.js";
import { epochAt } from "../state/epochs.js";
import { merged } from "../state/recipe.js";
import { GONE, twinRecipeOf } from "../state/selectors.js";
import { differencesInWords } from "./words.js";

/** What is not finite, in the reader's language. @param {import("../types.js").Run["ending"]} ending */
const causeOf = (ending) => ({ key: `lab.diverged.${ending?.code}`, english: ending?.reason ?? "" });

/** A training that left the finite numbers took steps so many times too large, as a first guess. */
const SLOWER = 10;

/** @param {HTMLElement} root @param {LabContext} context */
export function mountStatusLine(root, { store, actions, t }) {
  const ending = h("p", { class: "run-status", role: "status", "data-run-state": "" });
  const twinLine = h("p", { class: "twin-status", hidden: true });
  root.append(h("div", { class: "status-row" }, ending, twinLine));

  function slower() {
    const { request } = store.get();
    if (request === null) return;
    actions.edit({
      optimizer: {
        ...request.optimizer,
        learning_rate: Number((request.optimizer.learning_rate / SLOWER).toPrecision(12)),
      },
    });
  }

  function anew() {
    actions.restart();
    actions.play();
  }

  /** @param {Run} run */
  const sentence = ({ state, ending: end }) =>
    state === "diverged" ? [t("lab.status.ended", { epoch: end?.epoch ?? 0, reason: causeOf(end) }), " "] : [];

  /** What the server says went wrong, and one click that mends it. @param {Verdict} verdict */
  function remedied({ code, title, detail, remedy }) {
    const { language, request } = store.get();
    const mend = () => request && actions.edit(merged(request, remedy));
    return [
      h("strong", {}, title[language], t("lab.views.colon")),
      detail[language],
      " ",
      h(
        "button",
        { type: "button", class: "tool", "data-action": "mend", "data-verdict": code, onclick: mend },
        t(`lab.verdict.${code}`),
      ),
    ];
  }

  /** @returns {(string | Node)[]} */
  function words() {
    const { run, request } = store.get();
    if (run === null || request === null) return [];
    if (run.verdict) return [...sentence(run), ...remedied(run.verdict)];
    if (run.state === "diverged") {
      const rate = significant(request.optimizer.learning_rate / SLOWER);
      const offer = h(
        "button",
        { type: "button", class: "tool", "data-action": "slower", onclick: slower },
        t("lab.status.slower", { rate }),
      );
      return [t("lab.status.diverged", { epoch: run.ending?.epoch ?? 0, reason: causeOf(run.ending) }), " ", offer];
    }
    if (run.ending?.reason === GONE) {
      return [
        t("lab.status.gone"),
        " ",
        h(
          "button",
          { type: "button", class: "tool", "data-action": "train-anew", onclick: anew },
          t("lab.status.anew"),
        ),
      ];
    }
    if (run.state === "failed") return [t("lab.status.failed")];
    if (run.state === "paused" && run.ending?.reason === "time_limit") return [t("lab.status.time-limit")];
    if (run.state === "paused" && run.ending?.reason === "server") return [t("lab.status.server")];
    return [];
  }

  function show() {
    const { run, training } = store.get();
    ending.setAttribute(
      "data-run-state",
      run === null ? "none" : training && run.state !== "diverged" ? "running" : run.state,
    );
    ending.setAttribute("data-run-id", run?.id ?? "");
    ending.replaceChildren(...words());
  }

  function showTwin() {
    const state = store.get();
    const { twin, request, moment, digits } = state;
    const other = twinRecipeOf(state);
    twinLine.hidden = other === null || request === null;
    if (other === null || request === null) return;
    const record = twin === null ? null : epochAt(twin.history.epochs, moment?.epoch ?? Infinity);
    const value = h(
      "span",
      {
        class: record === null ? "pending" : "",
        "data-readout": "twin_cost",
        ...(record && { "data-value": record.cost }),
      },
      record === null ? "·" : significant(record.cost, digits),
    );
    twinLine.replaceChildren(
      h("strong", {}, t("lab.twin")),
      ` ${differencesInWords(request, other, state, t)}`,
      h("span", { class: "twin-cost" }, t("lab.twin.cost", { epoch: record?.epoch ?? 0 }), " ", value),
    );
  }

  store.watch(
    (state) =>
      `${state.run?.id} ${state.run?.state} ${state.run?.ending?.reason} ${state.run?.verdict?.detail.en} ${state.training} ${state.language}`,
    show,
  );
  store.watch(
    (state) => state.request,
    () => {
      show();
      showTwin();
    },
  );
  store.watch((state) => state.moment, showTwin);
  store.watch(twinRecipeOf, showTwin);
  store.watch(
    (state) => `${state.twin?.id} ${state.twin?.revision} ${state.language} ${state.digits} ${state.catalog === null}`,
    showTwin,
  );
}
