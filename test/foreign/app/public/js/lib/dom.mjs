/** Builds an element: h('p', { class: 'note' }, 'text', child, [children]). */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'class') element.className = value;
    else if (name === 'value') element.value = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child);
  }
}

let sequence = 0;
export const uniqueId = (stem) => `${stem}-${(sequence += 1)}`;

export const yen = (amount) => `${amount.toLocaleString('ja-JP')}円`;

export function japaneseDate(iso) {
  const [year, month, day] = iso.split('-').map(Number);
  return `${year}年${month}月${day}日`;
}

/** A paragraph of the "※" kind. */
export const note = (...children) => h('p', { class: 'note' }, ...children);

export const icon = (glyph) => h('span', { class: 'icon', 'aria-hidden': 'true' }, glyph);
