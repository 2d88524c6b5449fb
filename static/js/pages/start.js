// Starts a page's own script once what the server wrote has been painted; a classic script, since a module does not
// know its element. Dozens of modules that arrive at once would keep a slow machine from its first picture.
(() => {
  const LONGEST = 3000;
  const page = document.currentScript?.dataset.page ?? "";
  /** As often as one likes: a module runs once. */
  const start = () => import(page);
  // A hidden page is not painted, and not every browser tells when.
  if (document.hidden) start();
  else if (PerformanceObserver.supportedEntryTypes.includes("paint")) {
    new PerformanceObserver(start).observe({ type: "paint", buffered: true });
    setTimeout(start, LONGEST);
  } else requestAnimationFrame(() => setTimeout(start));
})();
