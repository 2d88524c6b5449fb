/**
 * A small note beside what has no room for its number: the cell of a matrix, a weight on a crowded wire.
 *
 * @import { Sheet } from "../sheet.js"
 * @import { Transform } from "../motion/pulses-canvas.js"
 */
import { significant } from "../../kit/format.js";
import { thingOf, wireOf } from "../../record/addresses.js";
import { tileBox } from "../draw/tiles.js";

export function createTip() {
  const element = document.createElement("div");
  element.className = "stage-tip";
  element.hidden = true;

  return {
    element,
    /** @param {Sheet | null} sheet @param {string | null} pointer @param {Transform} transform */
    show(sheet, pointer, transform) {
      const wire = pointer === null ? null : wireOf(thingOf(pointer));
      const pair = wire === null ? undefined : sheet?.layout.pairs[wire.layer];
      element.hidden = true;
      if (sheet === null || wire === null || !pair?.summary) return;
      const { layer, row, column } = wire;
      const weight = sheet.read(`/layers/${layer}/w/${row}/${column}`);
      const slope = sheet.read(`/layers/${layer}/dl_dw/${row}/${column}`);
      if (weight === undefined) return;
      const name = sheet.layout.rows.forward === null ? "reversed" : "forward";
      const box = tileBox(sheet, name, pair);
      const { columns } = sheet.layout;
      const x = box.x + ((column + 0.5) / columns[layer].count) * box.width;
      const y = box.y + ((row + 0.5) / columns[layer + 1].count) * box.height;
      element.style.transform = `translate(${x * transform.scale + transform.x}px, ${y * transform.scale + transform.y}px)`;
      const { digits } = sheet.facts();
      const place = sheet.t("stage.tip", { from: column + 1, to: row + 1, layer: layer + 1 });
      const lines = [
        place,
        `w = ${significant(weight, digits)}`,
        ...(slope === undefined ? [] : [`∂l/∂w = ${significant(slope, digits)}`]),
      ];
      element.replaceChildren(
        ...lines.map((line) => {
          const part = document.createElement("span");
          part.textContent = line;
          return part;
        }),
      );
      element.hidden = false;
    },
  };
}
