/**
 * What a screen reader is told without being asked: the state of the training, and where it stands once it stops.
 *
 * @import { LabContext } from "../context.js"
 */
import { significant } from "../../kit/format.js";

/** @param {HTMLElement} root @param {LabContext} context */
export function mountAnnouncer(root, { store, t }) {
  let wasTraining = false;
  store.watch(
    (state) => state.training,
    (training) => {
      if (training === wasTraining) return;
      wasTraining = training;
      const { run } = store.get();
      const last = run?.history.epochs.at(-1);
      if (training) root.textContent = t("lab.announce.training");
      else if (last !== undefined)
        root.textContent = t("lab.announce.stopped", { epoch: last.epoch, cost: significant(last.cost) });
    },
  );
}
