// The store shows how far the app is installed, by the world's clock: it asks
// again until there is something to press, and changes only what has changed.

const installing = document.getElementById("installing");

async function look() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("installing");
    const [bar, next] = [installing.querySelector("progress"), now?.querySelector("progress")];
    if (bar && next) {
      bar.value = next.value;
    } else if (now) {
      installing.replaceChildren(...now.childNodes);
      return;
    }
  } catch {
    // The sandbox may be starting again: the next look will tell.
  }
  setTimeout(look, 500);
}

if (installing?.querySelector("progress")) setTimeout(look, 500);
