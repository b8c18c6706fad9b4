// On a desktop the terms are read to their end before the form is sent (p31-1).
// The button is never dead: pressed too early, it says what is missing.

const terms = document.getElementById("terms");
const button = document.getElementById("terms_agreed");
const unread = document.getElementById("terms-unread");

// A smartphone shows the terms as a popover and asks for no scrolling.
const scrolls = () => getComputedStyle(terms).position === "static";
const atEnd = () => terms.scrollTop + terms.clientHeight >= terms.scrollHeight - 4;

let read = terms.hasAttribute("data-read");

function look() {
  read ||= scrolls() && atEnd();
  const early = !read && scrolls();
  button.classList.toggle("early", early);
  if (!early) unread.hidden = true;
}

terms.addEventListener("scroll", look, { passive: true });
new ResizeObserver(look).observe(terms);
look();

button.form.addEventListener("submit", (event) => {
  look();
  if (read || !scrolls()) return;
  event.preventDefault();
  unread.hidden = false;
  terms.focus();
});
