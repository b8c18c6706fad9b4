// The terms are read before the form is sent (a-26): on a desktop scrolled to their
// end (p31-1), on a smartphone opened (p31-3). The button is never dead: pressed
// too early, it says what is missing.

const terms = document.getElementById("terms");
const button = /** @type {HTMLButtonElement} */ (document.getElementById("terms_agreed"));
const unread = document.getElementById("terms-unread");

// A smartphone shows the terms as a popover, which is opened and not scrolled.
const scrolls = () => getComputedStyle(terms).position === "static";
const atEnd = () => terms.scrollTop + terms.clientHeight >= terms.scrollHeight - 4;

let read = terms.hasAttribute("data-read");

function look() {
  read ||= scrolls() && atEnd();
  button.classList.toggle("early", !read);
  if (read) unread.hidden = true;
}

terms.addEventListener("scroll", look, { passive: true });
// Of what is opened and closed at once, toggle tells only that it is closed.
terms.addEventListener("beforetoggle", (event) => {
  if (event.newState === "open") read = true;
  look();
});
new ResizeObserver(look).observe(terms);
look();

button.form.addEventListener("submit", (event) => {
  look();
  if (read) return;
  event.preventDefault();
  unread.hidden = false;
  if (scrolls()) terms.focus();
  else document.querySelector('[popovertarget="terms"]').focus();
});
