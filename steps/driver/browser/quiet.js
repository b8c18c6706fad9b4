// Waits until a page that is made by script has come to rest: nothing changes any
// more, nothing is faded in, and nothing says that it is being waited for.
({ still, most }) => new Promise((done) => {
  const wait = /(読み込み中|読込中|送信中|処理中|確認中|お待ちください|loading)/i;
  const moving = () => document.getAnimations().some((a) => a.playState === "running" && a.effect?.getComputedTiming().endTime < 2000);
  const busy = () => {
    const words = document.body?.innerText.trim() ?? "";
    return words === "" && ![...document.querySelectorAll("*")].some((el) => el.shadowRoot) && !document.querySelector("input, :defined:not(html, head, head *, body, div, script, noscript, style)") ||
      words.length < 100 && wait.test(words) && !document.querySelector("input, select") ||
      [...document.querySelectorAll("[aria-busy=true], progress:not([value]), button, [role=button], [role=status]")].some((el) => el.checkVisibility() &&
        (el.matches("[aria-busy=true], progress") || el.textContent.trim().length < 20 && wait.test(el.textContent)));
  };
  const end = Date.now() + most;
  const watch = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(look, still); });
  const look = () => {
    if (Date.now() < end && (busy() || moving())) { timer = setTimeout(look, still); return; }
    watch.disconnect();
    done(true);
  };
  let timer = setTimeout(look, still);
  watch.observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
  setTimeout(() => { clearTimeout(timer); watch.disconnect(); done(true); }, most + 500);
})
