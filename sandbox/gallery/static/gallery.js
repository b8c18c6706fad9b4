// A link to a story opens the chapter it stands in, as newer browsers do by themselves.
function reveal() {
  const wanted = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!wanted) return;
  const chapter = wanted.closest("details") ?? wanted.querySelector("details");
  if (chapter && !chapter.open) {
    chapter.open = true;
    wanted.scrollIntoView();
  }
}

addEventListener("hashchange", reveal);
reveal();
