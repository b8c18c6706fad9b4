// Covers on the page what must not be in a picture, in the shape it has: what is
// written into fields, numbers as long as a card's however they are grouped or
// masked in part, secrets that were written, and codes behind their word.
({ secrets, codeWords }) => {
  const undo = [];
  const stars = (s) => s.replace(/[^\s-]/g, "*");
  const covered = (s) => secrets.reduce((text, secret) => text.split(secret).join(stars(secret)), s)
    .replace(/\d(?:[ -]?[\d*]){11,}/g, stars);
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    let text = covered(node.data);
    if (/^\s*\d{3,4}\s*$/.test(text)) {
      let el = node.parentElement;
      for (let up = 0; up < 3 && el && el !== document.body; up++, el = el.parentElement) {
        const before = el.previousElementSibling?.textContent ?? "";
        if (codeWords.some((word) => before.includes(word))) { text = stars(text); break; }
      }
    }
    if (text !== node.data) { const was = node.data; undo.push(() => { node.data = was; }); node.data = text; }
  }
  for (const field of document.querySelectorAll("input, textarea")) {
    if (["checkbox", "radio", "submit", "button", "hidden", "image", "password"].includes(field.type) || !/\d{3,}/.test(field.value)) continue;
    const was = field.value, type = field.type;
    if (type === "number" || type === "tel") field.type = "text";
    undo.push(() => { field.type = type; field.value = was; });
    field.value = stars(was);
  }
  window.netanswerUncover = () => undo.forEach((back) => back());
}
