// A button with data-copy copies that text.
import { say } from "./say.js";

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea"); // off loopback without TLS there is no clipboard
  field.value = text;
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (!copied) throw new Error("not copied");
}

export function start() {
  document.addEventListener("click", async (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("[data-copy]");
    if (!button) return;
    try {
      await copy(button.dataset.copy);
      say("「" + button.dataset.copy + "」をコピーしました");
    } catch {
      say("コピーできませんでした。「" + button.dataset.copy + "」");
    }
  });
}
