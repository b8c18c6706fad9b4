// Boxes of one group are filled as one: a full box leads on to the next, an
// empty one goes back, and a whole number can be pasted into any of them.

for (const group of document.querySelectorAll("[data-boxes]")) {
  const choice = group.querySelector("select");
  const boxes = [...group.querySelectorAll("input")];

  group.addEventListener("input", (/** @type {InputEvent} */ event) => {
    const box = /** @type {HTMLInputElement} */ (event.target);
    const typed = event.inputType === "insertText" && !event.isComposing;
    if (typed && box.value.length >= box.maxLength && box.selectionStart === box.value.length) {
      boxes[boxes.indexOf(box) + 1]?.focus();
    }
  });

  group.addEventListener("keydown", (event) => {
    const box = /** @type {HTMLInputElement} */ (event.target);
    if (event.key === "Backspace" && box.value === "") {
      boxes[boxes.indexOf(box) - 1]?.focus();
    }
  });

  group.addEventListener("paste", (event) => {
    const into = /** @type {HTMLInputElement} */ (event.target); // or the choice, which has no length
    let digits = (event.clipboardData?.getData("text") ?? "").replace(/[\s\-/]/g, "");
    if (!/^\d+$/.test(digits) || digits.length <= (into.maxLength ?? 0)) return;
    event.preventDefault();
    if (choice && digits.length > 12) {
      choice.value = digits.slice(0, 4);
      if (choice.selectedIndex < 0) choice.value = "";
      digits = digits.slice(4);
    }
    for (const box of boxes) {
      box.value = digits.slice(0, box.maxLength);
      digits = digits.slice(box.maxLength);
      if (box.value !== "") box.focus();
    }
  });
}
