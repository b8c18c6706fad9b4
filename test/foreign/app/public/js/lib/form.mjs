import { h, uniqueId } from './dom.mjs';

/** A labelled input with help and a place for its errors. */
export function field({ name, label, help, extra, ...attributes }) {
  const id = uniqueId(name);
  const errorId = `${id}-error`;
  const helpId = `${id}-help`;
  const input = h(attributes.rows ? 'textarea' : 'input', {
    id,
    name,
    type: attributes.rows ? undefined : 'text',
    'aria-describedby': help ? `${helpId} ${errorId}` : errorId,
    ...attributes,
  });
  const errors = h('div', { id: errorId, class: 'field-error', role: 'alert' });
  const element = h('div', { class: 'field' },
    h('label', { for: id }, label),
    help && h('div', { id: helpId, class: 'help' }, help),
    h('div', { class: 'control' }, input, extra?.(input)),
    errors);
  return {
    name,
    element,
    input,
    complain(sentences) {
      errors.replaceChildren(...sentences.map((s) => h('p', {}, s)));
      if (sentences.length) input.setAttribute('aria-invalid', 'true');
      else input.removeAttribute('aria-invalid');
    },
  };
}

/**
 * A form that posts its fields' values. `submit(values)` does the work; errors that name
 * fields go below them, others into one alert above the button.
 */
export function form({ fields, label, before = [], submit, onError, disabled = false }) {
  const alert = h('div', { class: 'form-error', role: 'alert' });
  const button = h('button', { type: 'submit', class: 'primary', disabled }, label);
  const element = h('form', { novalidate: true, class: 'form' },
    fields.map((f) => f.element), before, alert, h('div', { class: 'actions' }, button));

  let busy = false;
  element.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    button.disabled = true;
    element.setAttribute('aria-busy', 'true');
    alert.replaceChildren();
    fields.forEach((f) => f.complain([]));
    try {
      await submit(Object.fromEntries(fields.map((f) => [f.name, f.input.value])));
    } catch (error) {
      if (!('status' in error)) throw error;
      if (!onError?.(error)) showError(error);
    } finally {
      busy = false;
      button.disabled = false;
      element.removeAttribute('aria-busy');
    }
  });

  function showError(error) {
    const wrong = fields.filter((f) => error.fields?.[f.name]);
    wrong.forEach((f) => f.complain(error.fields[f.name]));
    if (wrong.length) wrong[0].input.focus();
    else alert.replaceChildren(h('p', {}, error.message));
  }

  return { element, button, showError };
}

/** A button that does one asynchronous thing and reports trouble into `alert`. */
export function actionButton(label, work, { alert, kind = 'secondary', onError } = {}) {
  const button = h('button', { type: 'button', class: kind }, label);
  button.addEventListener('click', async () => {
    button.disabled = true;
    alert?.replaceChildren();
    try {
      await work();
    } catch (error) {
      if (!('status' in error)) throw error;
      if (!onError?.(error)) alert?.replaceChildren(h('p', {}, error.message));
    } finally {
      button.disabled = false;
    }
  });
  return button;
}

export const alertBox = () => h('div', { class: 'form-error', role: 'alert' });
