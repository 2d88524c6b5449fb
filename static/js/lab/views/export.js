/**
 * Everything of a training to take along: history, data, network and recipe as files, and programs that find the same
 * cost.
 *
 * @import { LabContext } from "../context.js"
 * @import { Examples } from "../types.js"
 * @import { PageState } from "../state/state.js"
 */
import { problemFrom } from "../../api/asking.js";
import { h } from "../../kit/dom.js";
import { significant } from "../../kit/format.js";
import { translate } from "../../i18n/i18n.js";
import { apiBase } from "../../shell/page.js";
import { tokensOf } from "../../kit/widgets/code-lines.js";
import { segmented } from "../../kit/widgets/controls.js";
import { copyButton } from "../../kit/widgets/copy-button.js";
import { download } from "../../kit/download.js";
import { createAsking } from "../digit/asking.js";
import { FILES, curlOf, isLong, jsonOf, programRequest } from "../export/requests.js";
import { csvOf } from "../../kit/csv-cell.js";
import { dataTable, historyDocument, historyTable } from "../export/tables.js";
import { inOwnUnits } from "../units.js";
import { watchView } from "./charts/watch-view.js";

const KINDS = ["numpy", "pytorch", "curl"].map((value) => ({ value, key: `lab.export.${value}` }));
const EVERY_MS = 400;
const TYPES = Object.freeze({
  csv: "text/csv",
  json: "application/json",
  py: "text/x-python",
  sh: "text/x-shellscript",
});

/** @param {string} name @param {keyof typeof TYPES} ending @param {string} text */
const save = (name, ending, text) =>
  download(new Blob([text], { type: `${TYPES[ending]};charset=utf-8` }), `${name}.${ending}`);

/** @param {Examples} examples what a program reads */
const dataDocument = (examples) => jsonOf(withoutGiven(inOwnUnits(examples)));

/** What was given stands in the lists themselves by now. @param {Examples} examples */
const withoutGiven = ({ given: _given, ...own }) => own;

/**
 * @typedef {{ name: keyof typeof FILES, formats: Partial<Record<"csv" | "json", (state: PageState) => string>>,
 *   isThere: (state: PageState) => boolean }} FileRow
 */

/** @type {readonly FileRow[]} */
const ROWS = [
  {
    name: "history",
    isThere: ({ run }) => run !== null,
    formats: {
      csv: ({ run }) => csvOf(historyTable(run?.history.epochs ?? [])),
      json: ({ run }) => jsonOf(historyDocument(run?.history.epochs ?? [])),
    },
  },
  {
    name: "data",
    isThere: ({ examples }) => examples !== null,
    formats: {
      csv: ({ examples }) => (examples ? csvOf(dataTable(inOwnUnits(examples))) : ""),
      json: ({ examples }) => (examples ? dataDocument(examples) : ""),
    },
  },
  {
    name: "network",
    isThere: ({ moment }) => moment !== null,
    // With the example chosen, so that the Explorer has all it needs when the file is dropped there.
    formats: { json: ({ moment }) => jsonOf(moment?.request) },
  },
  { name: "recipe", isThere: ({ request }) => request !== null, formats: { json: ({ request }) => jsonOf(request) } },
];

/** @param {HTMLElement} root @param {LabContext} context */
export function mountExport(root, context) {
  const { store, api, t } = context;
  let kind = "numpy";
  /** What is in the listing; "" while it is on its way. */
  let text = "";
  let failure = "";
  /** Epoch of the network in the program. @type {number | null} */
  let epoch = null;

  const files = ROWS.map((row) => {
    const buttons = Object.entries(row.formats).map(([ending, write]) =>
      h(
        "button",
        {
          type: "button",
          class: "tool",
          "data-action": `save-${row.name}-${ending}`,
          "data-i18n-attr": `aria-label:lab.export.save.${row.name}.${ending}`,
          onclick: () => save(FILES[row.name], /** @type {"csv" | "json"} */ (ending), write(store.get())),
        },
        ending.toUpperCase(),
      ),
    );
    const element = h(
      "li",
      { class: "export-file" },
      h(
        "div",
        {},
        h("strong", { "data-i18n": `lab.export.${row.name}` }),
        h("p", { "data-i18n": `lab.export.${row.name}.about` }),
      ),
      h("div", { class: "export-buttons" }, buttons),
    );
    return { row, buttons, element };
  });

  const kinds = segmented("lab.export.kinds", "data-export-kind", KINDS, (value) => {
    kind = value;
    epoch = null;
    write();
  });
  const listing = h("pre", {
    class: "export-code",
    tabindex: 0,
    "data-export": "code",
    role: "group",
    "data-i18n-attr": "aria-label:lab.export.programs",
  });
  const about = h("p", { class: "export-about", "data-export": "about" });
  const cost = h("span", { "data-export": "cost" });
  const copy = copyButton(t, "app.copy", () => text);
  copy.className = "tool";
  copy.dataset.action = "copy-program";
  const saveProgram = h("button", {
    type: "button",
    class: "tool",
    "data-action": "save-program",
    "data-i18n": "lab.export.save-program",
    onclick: () => save(FILES.program, kind === "curl" ? "sh" : "py", text),
  });
  const saveData = h("button", {
    type: "button",
    class: "tool",
    "data-action": "save-program-data",
    "data-i18n": "lab.export.save-data",
    onclick: () => saveDataFile(),
  });
  const renew = h("button", { type: "button", class: "tool", "data-action": "renew-program", onclick: () => write() });

  function saveDataFile() {
    const { examples, request } = store.get();
    if (kind === "curl") save(FILES.recipe, "json", jsonOf(request));
    else if (examples !== null) save(FILES.data, "json", dataDocument(examples));
  }

  /** @typedef {{ body: ReturnType<typeof programRequest>, kind: string, epoch: number, cost: number }} Wanted */
  /** @type {ReturnType<typeof createAsking<Wanted, { code: string }>>} */
  const asking = createAsking({
    every: EVERY_MS,
    ask: ({ body }) => api.lab.code(body),
    show({ code }, wanted) {
      if (wanted.kind !== kind) return;
      [text, failure, epoch] = [code, "", wanted.epoch];
      cost.dataset.value = String(wanted.cost);
      draw();
    },
    fail(error) {
      const { title, detail } = problemFrom(error);
      [text, failure] = ["", `${t(title)}: ${t(detail)}`];
      draw();
    },
  });

  /** Put what is wanted now into the listing, or ask for it. */
  function write() {
    const { request, run, moment, examples } = store.get();
    [text, failure] = ["", ""];
    asking.drop();
    if (kind === "curl") text = request === null ? "" : curlOf(request, apiBase());
    else if (moment !== null && examples !== null) {
      const body = programRequest(
        moment.network,
        examples,
        { loss: moment.request.loss, reduction: run?.request.reduction ?? request?.reduction },
        kind === "pytorch" ? "pytorch" : "numpy",
      );
      asking.want({ body, kind, epoch: moment.epoch, cost: moment.record.cost });
    }
    draw();
  }

  function draw() {
    const { moment, examples, digits, request } = store.get();
    kinds.show(kind);
    const lines = text.trimEnd().split("\n");
    listing.replaceChildren(
      ...(failure || !text
        ? [failure || t(moment === null && kind !== "curl" ? "lab.export.nothing" : "lab.export.writing")]
        : lines.map((line) =>
            h(
              "code",
              { class: "export-line" },
              ...(kind === "curl" || line === ""
                ? [line || " "]
                : tokensOf(line).map(({ text: part, kind: token }) =>
                    token ? h("span", { class: `code-${token}` }, part) : part,
                  )),
            ),
          )),
    );
    for (const button of [copy, saveProgram]) button.disabled = text === "";
    const readsFile = kind === "curl" ? text.includes(`@${FILES.recipe}`) : examples !== null && isLong(examples);
    saveData.hidden = text === "" || !readsFile || request === null;
    saveData.textContent = t("lab.export.save-data", { file: `${kind === "curl" ? FILES.recipe : FILES.data}.json` });
    const isProgram = kind !== "curl" && text !== "" && epoch !== null;
    about.hidden = !isProgram && kind !== "curl";
    cost.textContent = significant(Number(cost.dataset.value), digits);
    about.replaceChildren(
      ...(isProgram ? [t("lab.export.program-about", { epoch: epoch ?? 0 }), " ", cost] : [t("lab.export.curl-about")]),
    );
    renew.hidden = !isProgram || moment === null || moment.epoch === epoch;
    renew.textContent = t("lab.export.renew", { epoch: moment?.epoch ?? 0 });
  }

  function showFiles() {
    const state = store.get();
    for (const { row, buttons } of files) for (const button of buttons) button.disabled = !row.isThere(state);
  }

  root.classList.add("export");
  root.append(
    h(
      "div",
      { class: "export-columns" },
      h(
        "div",
        {},
        h("h3", { "data-i18n": "lab.export.files" }),
        h(
          "ul",
          { class: "export-files" },
          files.map(({ element }) => element),
        ),
      ),
      h(
        "div",
        { class: "export-programs" },
        h("h3", { "data-i18n": "lab.export.programs" }),
        h("div", { class: "export-tools" }, kinds.element, copy, saveProgram, saveData, renew),
        about,
        listing,
      ),
    ),
  );
  watchView(
    context,
    "export",
    (state) => `${state.run === null} ${state.examples === null} ${state.moment === null} ${state.request === null}`,
    showFiles,
  );
  watchView(
    context,
    "export",
    (state) => state.request,
    () => {
      epoch = null;
      write();
    },
  );
  // While the training runs, a program once written stays; else it follows the epoch shown.
  watchView(
    context,
    "export",
    (state) => state.moment?.network,
    () => (store.get().run?.state === "running" && epoch !== null ? draw() : write()),
  );
  watchView(
    context,
    "export",
    (state) => state.run?.state,
    (state) => {
      if (state !== "running" && store.get().moment?.epoch !== epoch) write();
    },
  );
  watchView(
    context,
    "export",
    (state) => `${state.language} ${state.digits}`,
    () => {
      translate(root, t);
      copy.textContent = t("app.copy");
      draw();
    },
  );
  translate(root, t);
  showFiles();
  write();
}
