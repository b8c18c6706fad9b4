// 規約: scroll area on a personal computer, overlay on a smartphone.
// The button to go on becomes available when the terms have been read to the end
// (or, on a smartphone, opened and closed again).
(() => {
  const panel = document.getElementById("terms-panel");
  const text = document.getElementById("terms-text");
  const open = document.getElementById("terms-open");
  const close = document.getElementById("terms-close");
  const agree = document.getElementById("agree");
  const read = document.getElementById("terms-read");
  const hint = document.getElementById("agree-hint");
  const narrow = window.matchMedia("(max-width: 760px)");
  const overlay = () => document.documentElement.classList.contains("ua-sp") || narrow.matches;

  function unlock() {
    read.value = "1";
    agree.disabled = false;
    hint.textContent = "";
  }

  function arrange() {
    panel.classList.remove("open");
    document.body.classList.remove("covered");
    if (overlay()) {
      panel.setAttribute("role", "dialog");
      panel.setAttribute("aria-modal", "true");
    } else {
      panel.removeAttribute("role");
      panel.removeAttribute("aria-modal");
      // Nothing to scroll: everything is visible already.
      if (text.clientHeight && text.scrollHeight <= text.clientHeight + 2) unlock();
    }
    if (!read.value) {
      agree.disabled = true;
      hint.textContent = overlay()
        ? "「Netアンサー規約」を開いて全文をご一読ください。閉じるとボタンを押せるようになります。"
        : "規約を最後までスクロールすると、ボタンを押せるようになります。";
    }
  }

  function hide() {
    if (!panel.classList.contains("open")) return;
    panel.classList.remove("open");
    document.body.classList.remove("covered");
    unlock();
    open.focus();
  }

  open.addEventListener("click", () => {
    panel.classList.add("open");
    document.body.classList.add("covered");
    text.scrollTop = 0;
    close.focus();
  });
  close.addEventListener("click", hide);
  panel.addEventListener("keydown", (event) => {
    if (!panel.classList.contains("open")) return;
    if (event.key === "Escape") hide();
    if (event.key === "Tab") {          // two stops only: the button and the text
      event.preventDefault();
      (document.activeElement === close ? text : close).focus();
    }
  });
  text.addEventListener("scroll", () => {
    if (text.scrollTop + text.clientHeight >= text.scrollHeight - 8) unlock();
  });
  narrow.addEventListener("change", arrange);
  arrange();
})();
