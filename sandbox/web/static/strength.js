// The safety meter of an ID or a password (p29-4). The rule is the server's: at
// each change it is asked, by POST to our own origin, so that what is written
// stands in no address. While an answer is awaited the meter is busy; where none
// comes it says nothing, and the form can be sent all the same.

for (const meter of document.querySelectorAll("[data-strength-of]")) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById(meter.dataset.strengthOf));
  let asked; // what was asked for last

  function show({ level = "", sentence = "" }) {
    if (level === "") delete meter.dataset.level;
    else meter.dataset.level = level;
    if (meter.textContent !== sentence) meter.textContent = sentence;
    meter.removeAttribute("aria-busy");
  }

  async function ask() {
    asked?.abort();
    asked = undefined;
    if (field.value === "") return show({});
    const mine = asked = new AbortController();
    meter.setAttribute("aria-busy", "true");
    let told = {};
    try {
      const answer = await fetch("/registration/strength", {
        method: "POST", body: new URLSearchParams({ credential: field.value }), signal: mine.signal,
      });
      if (answer.ok) told = await answer.json();
    } catch {
      // Offline, or asked anew meanwhile.
    }
    if (asked === mine) show(told);
  }

  field.addEventListener("input", ask);
  // What a browser kept of a page that was left and come back to.
  if (field.value !== field.defaultValue) ask();
}
