// ソフトウェアキーボード (personal computers): digits in a new order each time it opens.
(() => {
  const toggle = document.getElementById("softkeys-on");
  const question = document.querySelector(".question");
  if (!toggle) return;
  const pad = document.getElementById("softkeys");
  const input = document.getElementById(pad.dataset.for);

  function key(label, action, name) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    if (name) button.setAttribute("aria-label", name);
    button.addEventListener("click", action);
    return button;
  }

  function shuffled() {
    const digits = [..."0123456789"];
    const random = crypto.getRandomValues(new Uint32Array(digits.length));
    for (let i = digits.length - 1; i > 0; i--) {
      const j = random[i] % (i + 1);
      [digits[i], digits[j]] = [digits[j], digits[i]];
    }
    return digits;
  }

  function build() {
    pad.replaceChildren(
      ...shuffled().map((d) => key(d, () => {
        if (input.value.length < input.maxLength) input.value += d;
      })),
      key("1文字消す", () => { input.value = input.value.slice(0, -1); }),
      key("すべて消す", () => { input.value = ""; }),
      key("閉じる", () => { toggle.checked = false; show(); toggle.focus(); }));
  }

  function show() {
    if (toggle.checked) build();
    pad.hidden = !toggle.checked;
    input.readOnly = toggle.checked;
  }

  toggle.addEventListener("change", show);
  question.addEventListener("click", () => {
    const help = document.getElementById("softkeys-help");
    help.hidden = !help.hidden;
    question.setAttribute("aria-expanded", String(!help.hidden));
  });
  show();
})();
