// Finds rules by their words as one types. Everything that is found by is in the
// page, in data-words: a sentence, and below it a line for each scenario and step.
const field = /** @type {HTMLInputElement} */ (document.querySelector('#search'));
const found = document.querySelector('#found');
const folded = text => text.normalize('NFKC').toLowerCase();

/**
 * match tells how well words fit: 0 where the sentence has all of them, 1 where a line
 * below it has, 2 where several lines share them; why is the line that has most.
 * @param {string[]} lines
 * @param {string[]} words
 * @returns {{ rank: number, why: string } | null}
 */
function match(lines, words) {
  const has = lines.map(line => words.filter(word => folded(line).includes(word)).length);
  if (has[0] === words.length) return { rank: 0, why: '' };
  if (!words.every(word => lines.some(line => folded(line).includes(word)))) return null;
  const best = has.indexOf(Math.max(...has.slice(1)), 1);
  return { rank: has[best] === words.length ? 1 : 2, why: lines[best] };
}

/**
 * tell says below what was found why it was.
 * @param {HTMLElement} rule
 * @param {string} why
 */
function tell(rule, why) {
  let note = rule.querySelector(':scope > .why');
  if (!why) return note?.remove();
  if (!note) {
    note = document.createElement(rule.matches('li') ? 'small' : 'p');
    note.className = 'why';
    rule.querySelector(':scope > :is(a, h3)')?.after(note);
  }
  note.textContent = `「${why}」で見つかりました`;
}

if (field) {
  const rules = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-words]')])
    .map(rule => ({ rule, lines: rule.dataset.words.split('\n') }));
  const sections = [...document.querySelectorAll('section.page')];
  const hits = document.querySelector('[data-hits]');
  const look = () => {
    const words = folded(field.value).split(/\s+/).filter(Boolean);
    const ranked = rules.map(r => ({ rule: r.rule, ...(match(r.lines, words) ?? { rank: -1, why: '' }) }));
    for (const { rule, rank, why } of ranked) {
      rule.hidden = rank < 0;
      tell(rule, why);
    }
    if (hits) hits.append(...ranked.filter(r => r.rank >= 0).sort((a, b) => a.rank - b.rank).map(r => r.rule));
    for (const section of sections) section.hidden = !section.querySelector('[data-words]:not([hidden])');
    hits?.classList.toggle('asked', words.length > 0);
    const count = ranked.filter(r => r.rank >= 0).length;
    found.textContent = words.length ? `${count}件${hits && count > 1 ? '（規則の文にあるものが先）' : ''}` : '';
  };
  field.addEventListener('input', look);
  look();
}

// What is folded is printed too.
addEventListener('beforeprint', () => {
  for (const d of document.querySelectorAll('details')) d.open = true;
});
