// Starts a page's own script once what the server wrote has been painted; a classic script, since a module does not
// know its element. Dozens of modules that arrive at once would keep a slow machine from its first picture.
(() => {
  const LONGEST = 3000;
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { page = "", graph = "" } = script.dataset;
  let isStarted = false;
  /** With word of all that the page will import, so that a browser need not find out in turns. */
  const start = () => {
    if (isStarted) return;
    isStarted = true;
    for (const address of graph.split(" ").filter(Boolean)) {
      const link = Object.assign(document.createElement("link"), { rel: "modulepreload" });
      link.href = new URL(address, script.src).href;
      document.head.append(link);
    }
    import(page);
  };
  // A hidden page is not painted, and not every browser tells when.
  if (document.hidden) start();
  else if (PerformanceObserver.supportedEntryTypes.includes("paint")) {
    new PerformanceObserver(start).observe({ type: "paint", buffered: true });
    setTimeout(start, LONGEST);
  } else requestAnimationFrame(() => setTimeout(start));
})();
