// Runs before the first paint: the pages work without scripts, too.
document.documentElement.classList.remove("no-js");
document.addEventListener("DOMContentLoaded", () => {
  const errors = document.getElementById("errors");
  if (errors) errors.focus();
});
