/**
 * The title of a phase, on the stage before the phase begins.
 *
 * @import { Frame } from "../../record/types.js"
 * @import { Translate } from "../types.js"
 */
import { within } from "../../timeline/easing.js";

/** The shares of its time in which a title comes and goes. */
const COMING = 0.16;
const GOING = 0.82;

/** @param {Translate} t */
export function createChapter(t) {
  const name = document.createElement("p");
  const line = document.createElement("p");
  const element = document.createElement("div");
  element.className = "chapter";
  // The walk itself is announced step by step; the title is for the eye.
  element.setAttribute("aria-hidden", "true");
  element.hidden = true;
  element.append(name, line);

  return {
    element,
    /** @param {Pick<Frame, "chapter" | "phase" | "isStill">} frame */
    show({ chapter, phase, isStill }) {
      element.hidden = chapter === null;
      if (chapter === null) return;
      element.dataset.phase = phase;
      const texts = [t(`app.phase.${phase}`), t(`stage.chapter.${phase}`)];
      [name, line].forEach((each, index) => each.textContent === texts[index] || (each.textContent = texts[index]));
      element.style.opacity = String(isStill ? 1 : opacityAt(chapter));
    },
  };
}

/** @param {number} share of the title's time */
export const opacityAt = (share) => Math.min(within(share, 0, COMING), 1 - within(share, GOING, 1));
