// In the gallery nothing leads on: links within the page still do.

addEventListener("click", (event) => {
  const link = /** @type {HTMLElement} */ (event.target).closest("a[href]");
  if (link && !link.getAttribute("href").startsWith("#")) event.preventDefault();
}, true);

addEventListener("submit", (event) => event.preventDefault(), true);
