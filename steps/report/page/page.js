// Finds failures by what stands in them as one types, and copies commands.
const field = /** @type {HTMLInputElement} */ (document.querySelector('#search'));
const folded = text => text.normalize('NFKC').toLowerCase();

if (field) {
  const found = document.querySelector('#found');
  const cards = [...document.querySelectorAll('[data-search]')].map(card => [card, folded(card.textContent)]);
  field.addEventListener('input', () => {
    const words = folded(field.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const [card, text] of cards) {
      card.hidden = !words.every(word => text.includes(word));
      count += card.hidden ? 0 : 1;
    }
    found.textContent = words.length ? count + found.dataset.unit : '';
  });
}

for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.done;
    } catch { // a page that is a file may not: what is to be copied is selected instead
      getSelection().selectAllChildren(button.parentElement.querySelector('code'));
    }
  });
}

// What is folded is printed too.
addEventListener('beforeprint', () => {
  for (const d of document.querySelectorAll('details')) d.open = true;
});
