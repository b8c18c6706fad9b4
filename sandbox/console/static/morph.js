// morph makes an element like another one, touching only what differs, so that
// focus, scroll positions and half-filled fields stay as they are. Children with
// an id are found again by it; an element with data-keep is left alone. What is new
// among them has the class arrived until the next time.
export function morph(from, to) {
  if (from.isEqualNode(to)) return;
  if (from.nodeType !== to.nodeType || from.nodeName !== to.nodeName || from.id !== to.id) {
    from.replaceWith(to);
    return;
  }
  if (from.nodeType !== Node.ELEMENT_NODE) {
    from.data = to.data;
    return;
  }
  if (to.hasAttribute("data-keep")) return;
  const chosen = from.nodeName === "SELECT" ? to.value : null;
  attributes(from, to);
  children(from, to);
  if (chosen !== null && from !== document.activeElement) from.value = chosen;
}

function attributes(from, to) {
  for (const { name } of [...from.attributes]) {
    const opened = name === "open" && from.nodeName === "DETAILS"; // by its reader
    if (!to.hasAttribute(name) && !opened) from.removeAttribute(name);
  }
  for (const { name, value } of to.attributes) {
    if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
}

function children(from, to) {
  const here = new Map([...from.children].filter((e) => e.id).map((e) => [e.id, e]));
  const there = new Set([...to.children].map((e) => e.id).filter(Boolean));
  let at = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    while (at && stale(at, wanted, there)) at = remove(at);
    let found = wanted.id ? here.get(wanted.id) : null;
    if (!wanted.id && at && !at.id && at.nodeName === wanted.nodeName) found = at;
    if (!found) {
      if (wanted.id) wanted.classList.add("arrived");
      from.insertBefore(wanted, at);
      continue;
    }
    if (found === at) at = at.nextSibling;
    else from.insertBefore(found, at);
    morph(found, wanted);
  }
  while (at) at = remove(at);
}

// stale tells of a node that nothing wanted from here on is made of: an element
// that is gone, or text where an element is wanted.
function stale(at, wanted, there) {
  if (at.nodeType === Node.ELEMENT_NODE) return at.id && !there.has(at.id);
  return wanted.nodeType === Node.ELEMENT_NODE;
}

function remove(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}
