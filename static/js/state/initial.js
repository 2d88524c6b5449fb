/**
 * The state a page with a stage begins with: nothing loaded, the visitor's preferences in place.
 *
 * @import { AppState } from "../record/types.js"
 */
import { isBetween, isBoolean, recall } from "../kit/preferences.js";

/** @param {Pick<AppState, "language" | "theme">} given @returns {AppState} */
export const initialState = ({ language, theme }) => ({
  catalog: null,
  presets: [],
  preset: null,
  published: [],
  request: null,
  trace: null,
  timeline: null,
  phases: null,
  status: "loading",
  problem: null,
  time: 0,
  done: 0,
  current: -1,
  playing: false,
  speed: 1,
  granularity: "unit",
  view: "both",
  tab: "inspect",
  selected: null,
  hovered: null,
  digits: recall("digits", 3, isBetween(2, 6)),
  language,
  theme,
  projector: false,
  predicting: false,
  asked: [],
  shortcuts: recall("shortcuts", true, isBoolean),
  canUndo: false,
  canRedo: false,
  losses: [],
  learning: null,
  notices: [],
  expanded: [],
});
