// The parts that the form is made of: one section after another, each a
// fieldset; a field is a row of a name, what is written in, and what is said.
import { attributes, html } from '../html.mjs';

export const section = (name, ...rows) => html`<fieldset class="section"><legend>${name}</legend>${rows}</fieldset>`;

/** Attributes of a field that something is wrong with. */
const marks = (name, wrong) => (wrong.length > 0 ? { 'aria-invalid': 'true', 'aria-errormessage': `${name}-fault`, 'aria-describedby': `${name}-fault` } : {});

const fault = (name, wrong) => wrong.length > 0 && html`<ul class="fault" id="${name}-fault">${wrong.map((sentence) => html`<li>${sentence}</li>`)}</ul>`;

const hints = (help) => help.map((sentence) => html`<p class="hint">${sentence}</p>`);

/** A field of one box. */
export function row({ name, label, value = '', wrong = [], help = [], type = 'text', must = true, keys = false, meter = false, numeric = false }) {
  const field = attributes({ id: name, name, type, value, autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', inputmode: numeric && 'numeric', 'aria-required': must && 'true', ...marks(name, wrong) });
  return html`<div class="row">
<div class="name"><label for="${name}">${label}</label>${must && html` <em aria-hidden="true">必須</em>`}</div>
<div><input${field}>${meter && html` <span class="meter" data-meter="${name}" aria-live="polite"></span>`}${hints(help)}${fault(name, wrong)}${keys && html`<div data-keys="${name}"></div>`}</div>
</div>`;
}

/** A field of several boxes that are one thing to a person. parts are their markup, given their attributes. */
export function group({ name, label, parts, wrong = [], help = [], keys = '', more }) {
  return html`<div class="row" role="group" aria-labelledby="${name}-name">
<div class="name"><span id="${name}-name">${label}</span> <em aria-hidden="true">必須</em></div>
<div><div class="boxes" data-boxes="${name}">${parts(attributes({ autocomplete: 'off', 'aria-required': 'true', ...marks(name, wrong) }))}</div>${hints(help)}${fault(name, wrong)}${more}${keys !== '' && html`<div data-keys="${keys}"></div>`}</div>
</div>`;
}

export const box = (name, label, length, value, common) => html`<span><label for="${name}">${label}</label><input id="${name}" name="${name}" size="${length}" maxlength="${length}" inputmode="numeric" value="${value}"${common}></span>`;
