export const base = document.querySelector('meta[name="base-path"]').content;

const routes = [];
const root = document.getElementById('root');
let navigation = 0;
let leave = null;

/** route('/app/request/:kind', async (params) => ({ title, view, leave? }) or a path to go to instead). */
export function route(pattern, page) {
  const names = [];
  const source = pattern.replace(/:(\w+)/g, (_, name) => {
    names.push(name);
    return '([^/]+)';
  });
  routes.push({ regexp: new RegExp(`^${source}/?$`), names, page });
}

export const href = (path) => `${base}${path}`;

export function go(path, { replace = false } = {}) {
  history[replace ? 'replaceState' : 'pushState']({}, '', href(path));
  return render();
}

/** Shows the page of the present address; `stay` keeps the scroll position and focus. */
export async function render({ stay = false } = {}) {
  const mine = (navigation += 1);
  root.setAttribute('aria-busy', 'true');
  const path = location.pathname.slice(base.length) || '/';
  const { page, params } = match(path);
  let screen;
  try {
    screen = await page(params);
  } catch (error) {
    screen = await failure(error);
  }
  if (mine !== navigation) return undefined;
  if (typeof screen === 'string') return go(screen, { replace: true });
  leave?.();
  leave = screen.leave ?? null;
  document.title = screen.title;
  root.replaceChildren(screen.view);
  root.removeAttribute('aria-busy');
  if (!stay) {
    window.scrollTo(0, 0);
    focusHeading();
  }
  return undefined;
}

function match(path) {
  for (const { regexp, names, page } of routes) {
    const found = regexp.exec(path);
    if (found) {
      return { page, params: Object.fromEntries(names.map((n, i) => [n, decodeURIComponent(found[i + 1])])) };
    }
  }
  return { page: async () => (await import('../site/missing.mjs')).missing(), params: {} };
}

async function failure(error) {
  if (!('status' in error)) console.error(error);
  return (await import('../site/missing.mjs')).broken(error);
}

let first = true;
function focusHeading() {
  const heading = root.querySelector('h1');
  if (heading && !first) {
    heading.setAttribute('tabindex', '-1');
    heading.focus({ preventScroll: true });
  }
  first = false;
}

export function startRouter() {
  addEventListener('popstate', () => render());
  // The browser may bring a page back from its cache after the visitor was elsewhere.
  addEventListener('pageshow', (event) => event.persisted && render());
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href]');
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || link.target || !url.pathname.startsWith(`${base}/`)) return;
    if (url.pathname === location.pathname && url.hash) return;
    event.preventDefault();
    go(url.pathname.slice(base.length));
  });
  return render();
}
