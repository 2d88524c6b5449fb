/**
 * The menu of the network; what is in it is fetched when it is first opened.
 *
 * @import { PanelContext } from "./panels.js"
 */
import { fetched } from "../api/asking.js";
import { h, icon, keepingFocus } from "../kit/dom.js";
import { translate } from "../i18n/i18n.js";
import { structureOf } from "../state/selectors.js";
import { createPopover } from "../kit/widgets/popover.js";

/** @param {PanelContext} context */
export function createNetworkMenu(context) {
  const { store, actions, t } = context;
  const draw = { initializer: "xavier_uniform", seed: 7 };
  /** @type {typeof import("./network-form.js").networkForm | null} */
  let networkForm = null;
  const popover = createPopover({
    button: { "data-action": "network" },
    label: [h("span", { "data-i18n": "app.network" }), icon("more")],
    panel: { class: "popover network-menu", role: "dialog", "data-i18n-attr": "aria-label:app.network" },
    onOpen: render,
  });

  async function render() {
    const form = await fetched(async () => (await import("./network-form.js")).networkForm, actions.notify);
    if (form === null) return popover.close();
    networkForm = form;
    fill();
    popover.place();
  }

  function fill() {
    keepingFocus(popover.panel, () => popover.panel.replaceChildren(...(networkForm?.(context, draw) ?? [])));
    translate(popover.panel, t);
  }

  store.watch(
    (state) =>
      [structureOf(state), state.language, state.request?.freeze, state.request?.loss, state.catalog !== null].join(),
    () => popover.panel.matches(":popover-open") && networkForm !== null && fill(),
  );
  return popover;
}
