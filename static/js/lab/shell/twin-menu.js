/**
 * The twin: another run laid over this one, and what it does otherwise, in words.
 *
 * @import { LabContext } from "../context.js"
 */
import { h, icon } from "../../kit/dom.js";
import { textButton } from "../../kit/widgets/controls.js";
import { createPopover } from "../../kit/widgets/popover.js";
import { twinRecipeOf } from "../state/selectors.js";
import { differencesInWords } from "./words.js";

/** @param {HTMLElement} root @param {LabContext} context */
export function mountTwinMenu(root, { store, actions, t }) {
  const said = h("p", { class: "twin-difference" });
  const hold = textButton("hold-twin", "lab.twin.hold", () => {
    popover.close();
    actions.holdAsTwin();
  });
  const forget = textButton("drop-twin", "lab.twin.drop", () => actions.layOver(null));
  const ready = h("div", { class: "twin-setups" });
  const popover = createPopover({
    button: { "data-action": "twin", "data-i18n-attr": "title:lab.twin.hint" },
    label: [h("span", { "data-i18n": "lab.twin.menu" }), icon("more")],
    panel: { class: "popover twin-menu", role: "dialog", "data-i18n-attr": "aria-label:lab.twin.title" },
  });
  popover.panel.append(
    h("h2", { "data-i18n": "lab.twin.title" }),
    h("p", { class: "menu-note", "data-i18n": "lab.twin.text" }),
    said,
    h("div", { class: "menu-line" }, hold, forget),
    h("h3", { "data-i18n": "lab.twin.ready" }),
    ready,
  );

  store.watch((state) => `${state.run?.id} ${state.language} ${state.catalog === null}`, show);
  store.watch(twinRecipeOf, show);
  store.watch((state) => state.request, show);
  function show() {
    const state = store.get();
    const { request, run, setups, setup, language } = state;
    const other = twinRecipeOf(state);
    hold.disabled = run === null;
    forget.disabled = other === null;
    popover.button.setAttribute("aria-pressed", String(other !== null));
    said.textContent =
      other === null || request === null
        ? t("lab.twin.none")
        : t("lab.twin.differs", { what: differencesInWords(request, other, state, t) });
    ready.replaceChildren(
      ...setups
        .filter((each) => each.twin)
        .map((each) =>
          h(
            "button",
            {
              type: "button",
              class: "preset",
              "data-setup": each.name,
              "aria-pressed": String(each.name === setup),
              onclick: () => {
                popover.close();
                actions.loadSetup(each.name);
              },
            },
            h("strong", {}, each.title[language]),
            h("span", {}, each.description[language]),
          ),
        ),
    );
  }
  root.append(popover.button, popover.panel);
}
