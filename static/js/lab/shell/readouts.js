/**
 * The numbers of the moment shown: total loss, cost and accuracy, each under its own name.
 *
 * @import { LabContext } from "../context.js"
 * @import { Epoch } from "../types.js"
 * @import { Value } from "../../record/types.js"
 */
import { h } from "../../kit/dom.js";
import { significant } from "../../kit/format.js";

const HUNDREDTHS = 100;
const HELD_OUT = "lab.readout.held-out";

/**
 * @typedef {object} Readout
 * @property {string} name
 * @property {string} key
 * @property {(record: Epoch) => Value | undefined} of
 * @property {boolean} [share] said in hundredths
 * @property {string} [brief] said where room is short, since it stands behind the number that it belongs to
 */
/** @type {readonly Readout[]} */
const READOUTS = [
  { name: "total_loss", key: "lab.readout.total-loss", of: (record) => record.total_loss },
  { name: "cost", key: "lab.readout.cost", of: (record) => record.cost },
  { name: "test_cost", key: "lab.readout.test-cost", of: (record) => record.test_cost, brief: HELD_OUT },
  { name: "train_accuracy", key: "lab.readout.train-accuracy", of: (record) => record.train_accuracy, share: true },
  {
    name: "test_accuracy",
    key: "lab.readout.test-accuracy",
    of: (record) => record.test_accuracy,
    share: true,
    brief: HELD_OUT,
  },
];

/** @param {number} value @param {number} digits */
const inHundredths = (value, digits) => `${significant(HUNDREDTHS * value, digits)} %`;

/** @param {LabContext} context */
export function createReadouts({ store }) {
  const parts = READOUTS.map((readout) => {
    const value = h("dd", { "data-readout": readout.name });
    return {
      readout,
      value,
      element: h(
        "div",
        { class: "readout" },
        h(
          "dt",
          {},
          h("span", { class: readout.brief ? "readout-long" : "", "data-i18n": readout.key }),
          readout.brief && h("span", { class: "readout-brief", "data-i18n": readout.brief }),
        ),
        value,
      ),
    };
  });

  function show() {
    const { moment, digits } = store.get();
    for (const { readout, value, element } of parts) {
      const number = moment === null ? null : (readout.of(moment.record) ?? null);
      // Regression has no accuracy, and where nothing is held out there is nothing to say of it.
      element.hidden = moment !== null && number === null;
      value.classList.toggle("pending", number === null);
      value.textContent =
        number === null ? "·" : readout.share ? inHundredths(number, digits) : significant(number, digits);
      if (number === null) value.removeAttribute("data-value");
      else value.setAttribute("data-value", String(number));
    }
  }

  store.watch((state) => state.moment, show);
  store.watch((state) => state.digits, show);
  return h(
    "dl",
    { class: "readouts" },
    parts.map(({ element }) => element),
  );
}
