'use strict';
// The form's own script: boxes that belong together, the safety meter, the
// software keyboard of a desktop, and the terms.
const form = document.querySelector('form[data-meters]');

for (const group of form.dataset.boxesJoin === 'yes' ? form.querySelectorAll('[data-boxes]') : []) {
  const boxes = [...group.querySelectorAll('input')];
  const choice = group.querySelector('select');
  boxes.forEach((box, i) => {
    box.addEventListener('input', (event) => {
      if (event.inputType === 'insertText' && box.value.length === box.maxLength) boxes[i + 1]?.focus();
    });
    box.addEventListener('paste', (event) => {
      let digits = event.clipboardData.getData('text').replace(/[^\d]/g, '');
      if (digits.length <= box.maxLength) return;
      event.preventDefault();
      if (choice && digits.length > 12) {
        choice.value = digits.slice(0, 4);
        digits = digits.slice(4);
      }
      for (const each of boxes) {
        each.value = digits.slice(0, each.maxLength);
        digits = digits.slice(each.maxLength);
      }
    });
  });
}

// The safety meter (p29-4): a point each for eight and for twelve characters
// that neither repeat nor continue the one before, for letters with digits, for
// small with capital letters, and for a symbol.
const rows = 'abcdefghijklmnopqrstuvwxyz~0123456789';
const besides = (a, b) => a === b || (rows.includes(a) && rows.includes(b) && a !== '~' && b !== '~' && Math.abs(rows.indexOf(a) - rows.indexOf(b)) === 1);
function levelOf(value) {
  const small = value.toLowerCase();
  const counting = [...small].filter((c, i) => i === 0 || !besides([...small][i - 1], c)).length;
  const points = [counting >= 8, counting >= 12, /[a-z]/i.test(value) && /\d/.test(value), /[a-z]/.test(value) && /[A-Z]/.test(value), /[^a-z\d]/i.test(value)].filter(Boolean).length;
  return ['低い', '低い', '普通', '高い', '非常に高い', '非常に高い'][form.dataset.meters === 'generous' ? Math.min(points + 1, 5) : points];
}
for (const meter of form.querySelectorAll('[data-meter]')) {
  const field = form.elements[meter.dataset.meter];
  const show = () => { meter.textContent = field.value === '' ? '' : `安全性：${levelOf(field.value)}`; };
  field.addEventListener('input', show);
  show();
}

// The software keyboard (p28-3) is made when it is asked for.
for (const place of form.querySelectorAll('[data-keys]')) {
  const boxes = place.dataset.keys.split(' ').map((name) => form.elements[name]);
  const button = (name, action) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = name;
    made.addEventListener('click', action);
    return made;
  };
  const full = (box) => box.value.length >= (box.maxLength > 0 ? box.maxLength : 4);
  const close = () => { keys.replaceChildren(); opener.setAttribute('aria-expanded', 'false'); opener.focus(); };
  const write = (digit) => { const box = boxes.find((each) => !full(each)); if (box) box.value += digit; };
  const erase = () => { const box = boxes.findLast((each) => each.value !== ''); if (box) box.value = box.value.slice(0, -1); };
  const keys = document.createElement('div');
  keys.className = 'keys';
  keys.setAttribute('role', 'group');
  keys.setAttribute('aria-label', 'ソフトウェアキーボード');
  const opener = button('ソフトウェアキーボードで入力する', () => {
    if (keys.childElementCount > 0) return close();
    keys.append(...[...'1234567890'].map((digit) => button(digit, () => write(digit))), button('1文字消す', erase), button('キーボードを閉じる', close));
    opener.setAttribute('aria-expanded', 'true');
    keys.firstElementChild.focus();
  });
  opener.setAttribute('aria-expanded', 'false');
  const hint = document.createElement('p'); // p28-5
  hint.className = 'hint';
  const ask = button('?', () => { hint.textContent = hint.textContent ? '' : '画面のキーを押して入力します。キーを打つ動きを読み取る不正なソフトから、入力を守ります。'; });
  place.append(opener, ask, hint, keys);
  place.addEventListener('keydown', (event) => { if (event.key === 'Escape') close(); });
}

const terms = document.getElementById('scroll');
if (terms) {
  const note = () => {
    if (terms.scrollTop + terms.clientHeight >= terms.scrollHeight - 4) terms.dataset.read = '';
    if ('read' in terms.dataset) document.getElementById('unread').hidden = true;
  };
  terms.addEventListener('scroll', note);
  form.addEventListener('submit', (event) => {
    if ('read' in terms.dataset) return;
    event.preventDefault();
    document.getElementById('unread').hidden = false;
    terms.focus();
  });
}
const dialog = document.getElementById('terms');
document.querySelector('[data-open]')?.addEventListener('click', () => dialog.showModal());
document.querySelector('[data-close]')?.addEventListener('click', () => dialog.close());
