/**
 * What a file with a network leaves open, to be chosen: the activation after each layer, and how its matrices stand.
 *
 * @import { NetworkImport } from "../api/client.js"
 * @import { PanelContext } from "./panels.js"
 */
import { h } from "../kit/dom.js";
import { translate } from "../i18n/i18n.js";
import { chooser, iconButton } from "../kit/widgets/controls.js";

const WAYS = ["inputs_first", "outputs_first"];

/**
 * Ask; the dialog is made anew for each file.
 *
 * @param {PanelContext} context
 * @param {string} name of the file
 * @param {NetworkImport} found
 * @returns {Promise<{ activations: string[], kernels?: string } | null>} null if nothing was chosen
 */
export function askWhatIsMissing({ store, t }, name, found) {
  const { catalog, language } = store.get();
  const asksForKernels = found.missing.some(({ code }) => code === "kernels");
  const last = found.found.length - 1;
  const choosers = found.found.map(({ activation, slope }, index) => {
    const choice = chooser(
      { "data-import": index, "aria-label": t("app.activation-of", { layer: index + 1 }) },
      () => {},
    );
    const own =
      activation !== null && slope !== undefined
        ? [{ value: `${activation}(${slope})`, label: `${activation} (${slope})` }]
        : [];
    const offered = (catalog?.activations ?? []).map((entry) => ({
      value: entry.name,
      label: entry.title[language],
      disabled: Boolean(entry.last_layer_only) && index !== last,
    }));
    choice.fill([...own, ...offered], own[0]?.value ?? activation ?? (index === last ? "linear" : "relu"));
    return choice.element;
  });
  const ways = WAYS.map((value, index) =>
    h("input", { type: "radio", name: "import-kernels", value, checked: index === 0 }),
  );
  return new Promise((resolve) => {
    /** @type {{ activations: string[], kernels?: string } | null} */
    let chosen = null;
    const form = h(
      "form",
      { method: "dialog" },
      found.missing.map(({ text }) => h("p", {}, text[language])),
      asksForKernels &&
        h(
          "fieldset",
          { class: "import-ways" },
          h("legend", { "data-i18n": "app.import.kernels" }),
          ways.map((way, index) =>
            h("label", { class: "check" }, way, h("span", { "data-i18n": `app.import.${WAYS[index]}` })),
          ),
        ),
      h(
        "div",
        { class: "layer-rows" },
        found.found.map((layer, index) =>
          h(
            "div",
            { class: "import-layer" },
            h("span", {}, `${layer.name}: ${layer.inputs ?? "?"} → ${layer.units ?? "?"}`),
            choosers[index],
          ),
        ),
      ),
      h(
        "div",
        { class: "menu-line" },
        h("button", {
          type: "submit",
          class: "tool tool-strong",
          "data-action": "import",
          "data-i18n": "app.import.take",
        }),
      ),
    );
    const dialog = h(
      "dialog",
      { class: "dialog import-dialog", "aria-labelledby": "import-title" },
      h(
        "div",
        { class: "dialog-head" },
        h("h2", { id: "import-title" }, t("app.import.title", { name })),
        iconButton("close-import", "close", "app.close", () => dialog.close()),
      ),
      form,
    );
    form.addEventListener("submit", () => {
      const kernels = ways.find((way) => way.checked)?.value;
      chosen = {
        activations: choosers.map(({ value }) => value),
        ...(asksForKernels && kernels !== undefined && { kernels }),
      };
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(chosen);
    });
    document.body.append(dialog);
    translate(dialog, t);
    dialog.showModal();
  });
}
