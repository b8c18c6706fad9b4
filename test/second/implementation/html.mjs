// Markup as tagged templates. What is put in is escaped, unless it is markup.
const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

class Markup {
  constructor(text) { this.text = text; }
  toString() { return this.text; }
}

function render(value) {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(render).join('');
  if (value === null || value === undefined || typeof value === 'boolean') return '';
  return String(value).replace(/[&<>"']/g, (c) => escapes[c]);
}

export function html(parts, ...values) {
  return new Markup(parts.reduce((text, part, i) => text + render(values[i - 1]) + part));
}

/** Attributes of an element: true is one without a value, false and null are none. */
export function attributes(all) {
  return Object.entries(all)
    .filter(([, value]) => value !== false && value !== null && value !== undefined)
    .map(([name, value]) => (value === true ? html` ${name}` : html` ${name}="${value}"`));
}
