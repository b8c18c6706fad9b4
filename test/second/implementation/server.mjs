// Another implementation of the web registration, to be tried by the suite.
// TEST ONLY: it listens on this machine alone and knows test cards only.
import { readFileSync, fstatSync } from 'node:fs';
import { createServer } from 'node:http';
import { apply } from './apply.mjs';
import { breaks } from './breaks.mjs';
import { hooks } from './hooks.mjs';
import { checkHost, cookieOf, page, problem, Refusal, titleOf, write } from './http.mjs';
import { lobby } from './lobby.mjs';
import { trouble } from './pages/frame.mjs';
import { Providers } from './providers.mjs';
import { readSettings } from './settings.mjs';
import { Store } from './store.mjs';
import { voice } from './voice.mjs';

if (process.argv[2] === '--breaks') {
  for (const { name, rules } of breaks) console.log(`${name}\t${rules.join(' ')}`);
  process.exit(0);
}

const settings = readSettings(process.env);
const place = { store: new Store() };

const file = (name, type) => {
  const body = readFileSync(new URL(`public/${name}`, import.meta.url));
  return () => ({ status: 200, type, body });
};

const routes = {
  ...lobby,
  ...apply(place, new Providers(settings), settings),
  'GET /public/look.css': file('look.css', 'text/css; charset=utf-8'),
  'GET /public/form.js': file('form.js', 'text/javascript; charset=utf-8'),
};
const wires = { ...hooks(place), ...voice(place, settings) }; // asked by programs, without a browser

async function answer(request) {
  checkHost(request);
  if (!/^\/(?!\/)/.test(request.url)) throw new Refusal(404, 'お探しのページは見つかりませんでした。');
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const route = `${request.method} ${pathname}`;
  if (Object.hasOwn(wires, route)) return wires[route]({ request });
  if (!Object.hasOwn(routes, route)) {
    const known = [...Object.keys(routes), ...Object.keys(wires)].some((each) => each.endsWith(` ${pathname}`));
    throw known ? new Refusal(405, 'この操作はご利用いただけません。') : new Refusal(404, 'お探しのページは見つかりませんでした。');
  }
  const { store } = place;
  const cookie = cookieOf(request, 'guest');
  const guest = store.guest(cookie);
  const given = await routes[route]({ request, store, guest, query: searchParams, phone: isPhone(request) });
  if (guest.cookie !== cookie) given.headers = { ...given.headers, 'set-cookie': `guest=${guest.cookie}; Path=/; HttpOnly; SameSite=Lax` };
  return given;
}

const isPhone = (request) => /iPhone|Android.*Mobile/.test(request.headers['user-agent'] ?? '');
const forProgram = (request) => /^\/(hooks\/|voice)/.test(request.url);

const server = createServer(async (request, response) => {
  let given;
  try {
    given = await answer(request);
  } catch (error) {
    const status = error instanceof Refusal ? error.status : 500;
    const said = error instanceof Refusal ? error.message : titleOf(500);
    if (status === 500) console.error(error.stack); // an error of ours, which quotes nothing that was sent
    given = forProgram(request) ? problem(status, said) : page(trouble(isPhone(request), said), status);
    if (status === 413) given.headers = { connection: 'close' };
  }
  write(response, given);
});

server.listen(settings.port, '127.0.0.1', () => console.log(`listening http://127.0.0.1:${server.address().port}`));
server.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});

const end = () => process.exit(0);
process.on('SIGTERM', end).on('SIGINT', end);
process.stdout.on('error', end);
// Whoever holds the other end of a pipe is waited for no longer than they live.
const input = fstatSync(0);
if (input.isFIFO() || input.isSocket()) process.stdin.on('end', end).on('error', end).resume();
