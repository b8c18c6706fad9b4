// Finds rules by their words as one types. Everything that is found by is in the
// page, in data-words.
const field = /** @type {HTMLInputElement} */ (document.querySelector('#search'));
const found = document.querySelector('#found');
const folded = text => text.normalize('NFKC').toLowerCase();

if (field) {
  const rules = [...document.querySelectorAll('[data-words]')].map(rule => [rule, folded(rule.dataset.words)]);
  const sections = [...document.querySelectorAll('section.page')];
  const look = () => {
    const words = folded(field.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const [rule, text] of rules) {
      rule.hidden = !words.every(word => text.includes(word));
      count += rule.hidden ? 0 : 1;
    }
    for (const section of sections) section.hidden = !section.querySelector('[data-words]:not([hidden])');
    document.querySelector('[data-hits]')?.classList.toggle('asked', words.length > 0);
    found.textContent = words.length ? `${count}件` : '';
  };
  field.addEventListener('input', look);
  look();
}

// What is folded is printed too.
addEventListener('beforeprint', () => {
  for (const d of document.querySelectorAll('details')) d.open = true;
});
