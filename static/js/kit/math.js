/**
 * Formulas by KaTeX, over elements whose text is a readable fallback: `<span class="tex" data-tex="…">z = w x +
 * b</span>`.
 *
 * KaTeX sets its styles through the DOM, which the page's content security policy allows. It is loaded when the first
 * formula is wanted; until then, and if it never arrives, the fallback stands.
 */

const MARGIN = "600px";
const SLICE_MS = 12;

/** @typedef {{render: (tex: string, element: HTMLElement, options: object) => void}} Katex */

/** @typedef {(tex: string, element: HTMLElement) => string} Spell */

/** @type {Promise<Katex> | null} */
let loading = null;

/**
 * KaTeX itself, once.
 * @returns {Promise<Katex>}
 */
export function loadKatex() {
  if (!loading) {
    const address = new URL("../../vendor/katex/katex.min.js", import.meta.url).href;
    // The file is a classic script that, read as a module, leaves its one name on the global object. It runs for long:
    // between it and the first formula the page answers who touches it.
    loading = import(address).then(
      () => new Promise((done) => setTimeout(() => done(/** @type {any} */ (globalThis).katex))),
    );
    loading.catch(() => (loading = null));
  }
  return loading;
}

/**
 * Render one formula now.
 * @param {Katex} katex
 * @param {HTMLElement} element
 * @param {string} tex
 * @param {boolean} [display]
 */
export function renderNow(katex, element, tex, display = false) {
  if (element.dataset.rendered === tex) return;
  katex.render(display ? `\\displaystyle ${tex}` : tex, element, {
    throwOnError: false,
    strict: false,
    output: "htmlAndMathml",
  });
  element.dataset.rendered = tex;
}

/**
 * Show `tex` in an element, replacing what stood there; resolves when it is drawn.
 * @param {HTMLElement} element
 * @param {string} tex
 * @param {{display?: boolean, fallback?: string}} [options]
 */
export async function showFormula(element, tex, { display = true, fallback } = {}) {
  element.dataset.tex = tex;
  try {
    const katex = await loadKatex();
    // A slower call must not overwrite a newer formula.
    if (element.dataset.tex === tex) renderNow(katex, element, tex, display);
  } catch {
    if (element.dataset.tex === tex) element.textContent = fallback ?? tex;
  }
}

/**
 * Render anew what `watchFormulas` has rendered, where it is to be written otherwise now.
 * @param {ParentNode} root
 * @param {Spell} spell
 */
export function renderAgain(root, spell) {
  const done = /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(".tex[data-tex][data-rendered]"));
  if (done.length > 0)
    loadKatex().then((katex) =>
      done.forEach((element) => renderNow(katex, element, spell(element.dataset.tex ?? "", element), true)),
    );
}

/** A box that scrolls sideways must be reachable by keyboard. @param {HTMLElement} element */
function makeReachable(element) {
  const box = element.closest(".scroll");
  if (box instanceof HTMLElement && box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}

/**
 * Render every `.tex` element below `root` shortly before it comes into view, and all of them before printing.
 * @param {ParentNode} root
 * @param {Spell} [spell] how the LaTeX is to be written at the moment it is rendered
 * @returns {Promise<void>} resolves when KaTeX is there and the elements are watched
 */
export async function watchFormulas(root, spell = (tex) => tex) {
  const katex = await loadKatex();
  /** @type {Set<HTMLElement>} */
  const waiting = new Set(root.querySelectorAll(".tex[data-tex]"));
  /** @type {HTMLElement[]} */
  const near = [];
  let scheduled = false;

  /** @param {HTMLElement} element */
  const render = (element) => {
    if (!waiting.delete(element)) return;
    observer.unobserve(element);
    renderNow(katex, element, spell(element.dataset.tex ?? "", element), true);
    makeReachable(element);
  };

  const work = () => {
    scheduled = false;
    const end = performance.now() + SLICE_MS;
    while (near.length && performance.now() < end) render(/** @type {HTMLElement} */ (near.shift()));
    if (near.length) schedule();
  };

  const schedule = () => {
    if (!scheduled) requestAnimationFrame(work);
    scheduled = true;
  };

  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting && entry.target instanceof HTMLElement) near.push(entry.target);
      }
      schedule();
    },
    { rootMargin: MARGIN },
  );
  for (const element of waiting) observer.observe(element);
  addEventListener("beforeprint", () => [...waiting].forEach(render));
}
