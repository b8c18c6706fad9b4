// The software keyboard (p28-3): a panel of keys behind the boxes it writes in.
// It works by mouse and by keyboard; Escape closes it. Its keys are in the page,
// in the order the server gave them.

for (const keyboard of document.querySelectorAll("[data-keyboard]")) {
  const opener = keyboard.querySelector("[aria-expanded]");
  const keys = keyboard.querySelector(".keys");
  const boxes = [...keyboard.closest(".field").querySelectorAll("input")];
  let box = boxes[0]; // the one written in last
  keyboard.hidden = false;

  for (const each of boxes) each.addEventListener("focus", () => { box = each; });

  function turn(open) {
    keys.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
  }

  const limit = () => (box.maxLength > 0 ? box.maxLength : 4);
  const written = () => box.dispatchEvent(new Event("input", { bubbles: true }));

  function type(digit) {
    if (box.value.length >= limit()) box = boxes[boxes.indexOf(box) + 1] ?? box;
    if (box.value.length >= limit()) return;
    box.value += digit;
    written();
  }

  function back() {
    if (box.value === "") box = boxes[boxes.indexOf(box) - 1] ?? box;
    box.value = box.value.slice(0, -1);
    written();
  }

  opener.addEventListener("click", () => {
    turn(keys.hidden);
    if (!keys.hidden) keys.querySelector("button").focus();
  });
  keys.addEventListener("click", (event) => {
    const key = /** @type {HTMLElement} */ (event.target).closest("button");
    if (!key) return;
    if ("digit" in key.dataset) type(key.textContent.trim());
    else if ("back" in key.dataset) back();
    else { turn(false); opener.focus(); }
  });
  keyboard.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || keys.hidden) return;
    event.preventDefault();
    turn(false);
    opener.focus();
  });
}
