/**
 * Parts that are fetched when they are first needed: the first picture does not wait for what is not in it.
 *
 * Without a bundler every module is a request of its own. What cannot be fetched is said; a fold asks again by itself,
 * for anything else the next try does.
 *
 * @import { AppState, Pointer } from "../record/types.js"
 * @import { PanelContext } from "../explorer/panels.js"
 *
 * @typedef {(root: HTMLElement, context: PanelContext) => unknown} Mount puts its part into the root
 * @typedef {{ element: HTMLElement, about: (pointer: Pointer | null, isUnit?: boolean) => void }} Part of a panel,
 *   about a number
 */
import { BACKOFF, fetched } from "../api/asking.js";
import { h } from "../kit/dom.js";
import { translate } from "../i18n/i18n.js";
import { createSection } from "./section.js";

/**
 * The panel itself, in place of what keeps its place.
 *
 * @param {ChildNode} place @param {Mount} mount @param {PanelContext} context
 * @returns {Element | null} what has taken the place
 */
function putInto(place, mount, context) {
  const parts = h("div", {});
  mount(parts, context);
  translate(parts, context.t);
  const first = parts.firstElementChild;
  place.replaceWith(...parts.childNodes);
  return first;
}

/** The first time that something of it can be seen. @param {Element} element @returns {Promise<void>} */
const inSight = (element) =>
  new Promise((resolve) => {
    const watcher = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      watcher.disconnect();
      resolve();
    });
    watcher.observe(element);
  });

/** @param {PanelContext} context @returns {Promise<void>} */
const traced = ({ store }) =>
  new Promise((resolve) => {
    const stop = store.watch(
      (state) => state.trace !== null,
      (isThere) => {
        if (!isThere) return;
        queueMicrotask(() => stop());
        resolve();
      },
    );
  });

/**
 * A panel that is not there until the state calls for it.
 *
 * @param {HTMLElement} root @param {PanelContext} context
 * @param {{ when: (state: AppState) => boolean, load: () => Promise<Mount> }} options
 */
export function mountWhen(root, context, { when, load }) {
  const place = document.createComment("");
  root.append(place);
  let isAsked = false;
  context.store.watch(when, async (isWanted) => {
    if (!isWanted || isAsked) return;
    isAsked = true;
    const mount = await fetched(load, context.actions.notify);
    isAsked = mount !== null;
    if (mount !== null) putInto(place, mount, context);
  });
}

/**
 * A panel of which there is only the heading until it is unfolded, or in sight.
 *
 * @param {HTMLElement} root @param {PanelContext} context
 * @param {{ name: string, fold?: boolean, load: () => Promise<Mount> }} options name and fold: as the panel itself has
 *   them
 */
export function mountLate(root, context, { name, fold = false, load }) {
  let isAsked = false;
  let failures = 0;

  /** @param {HTMLElement} body */
  async function fetchInto(body) {
    if (isAsked) return;
    isAsked = true;
    if (!fold) {
      // Before there are numbers the panels above it are short, and everything is in sight.
      await traced(context);
      await inSight(body);
    }
    /** @type {Mount} */
    let mount;
    try {
      mount = await load();
    } catch {
      isAsked = false;
      setTimeout(() => fetchInto(body), 1000 * (BACKOFF[Math.min(failures, BACKOFF.length - 1)] ?? 1));
      failures += 1;
      body.replaceChildren(h("p", { class: "panel-note" }, context.t("app.late.failed")));
      return;
    }
    const isOpen = section.querySelector("details")?.open ?? true;
    const hasFocus = section.querySelector("summary") === document.activeElement;
    const real = putInto(section, mount, context);
    const details = real?.querySelector("details");
    if (details) details.open = isOpen;
    if (hasFocus) real?.querySelector("summary")?.focus();
  }

  const section = createSection(context, {
    name,
    fold,
    open: false,
    dependsOn: [],
    render(body) {
      if (isAsked) return;
      body.replaceChildren(h("p", { class: "panel-note" }, context.t("panel.waiting")));
      // One that was left unfolded is drawn before it is in the page.
      queueMicrotask(() => fetchInto(body));
    },
  });
  root.append(section);
}

/**
 * A part of a panel that is fetched when it first has something to be about.
 *
 * @param {PanelContext} context @param {() => Promise<Part>} load
 * @returns {Part}
 */
export function latePart(context, load) {
  const element = h("div", {});
  /** @type {Part | null} */
  let part = null;
  let isAsked = false;
  /** @type {[Pointer | null, boolean | undefined]} */
  let subject = [null, undefined];

  async function fetchIt() {
    isAsked = true;
    part = await fetched(load, context.actions.notify);
    isAsked = part !== null;
    if (part === null) return;
    element.replaceChildren(part.element);
    part.about(...subject);
  }

  return {
    element,
    about(pointer, isUnit) {
      subject = [pointer, isUnit];
      if (part !== null) part.about(pointer, isUnit);
      else if (pointer !== null && !isAsked) fetchIt();
    },
  };
}

/**
 * What waits for an event of the document is fetched with the first one, which is then sent again.
 *
 * @param {HTMLElement} root @param {PanelContext} context
 * @param {{ type: string, load: () => Promise<Mount> }} options
 */
export function mountOnCall(root, context, { type, load }) {
  const wait = () => document.addEventListener(type, call, { once: true });
  async function call() {
    const mount = await fetched(load, context.actions.notify);
    if (mount === null) return wait();
    mount(root, context);
    document.dispatchEvent(new CustomEvent(type));
  }
  wait();
}
