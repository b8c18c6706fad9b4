import http from 'node:http';
import { timingSafeEqual } from 'node:crypto';
import { Clock } from './clock.mjs';
import { Store } from './store.mjs';
import { Verification } from './verification.mjs';
import { Registration } from './registration.mjs';
import { Account } from './account.mjs';
import { createApi } from './api.mjs';
import { UserError } from './errors.mjs';
import { originOf, parseCookies, readJson, send, sendJson } from './http.mjs';
import { qrSvg } from './qr-svg.mjs';
import { createStatic } from './static.mjs';

const COOKIE = 'portal_session';
const COOKIE_AGE = 30 * 24 * 60 * 60;

/** Puts the parts together and answers HTTP under the base path. */
export function createApp(config) {
  const clock = new Clock();
  const store = new Store(config.membersFile);
  const verification = new Verification({ store, clock, config });
  const registration = new Registration({ store, clock, config, verification });
  const account = new Account({ store, clock });
  const api = createApi({ registration, verification, account, store });
  const files = createStatic(config.basePath);

  async function handleApi(req, res, path) {
    const handler = api[`${req.method} ${path}`];
    if (!handler) throw new UserError(404, 'not-found', 'お探しの機能は見つかりませんでした。');
    const body = req.method === 'GET' ? {} : await readJson(req);
    let session = store.session(parseCookies(req.headers.cookie)[COOKIE]);
    if (!session && req.method !== 'GET') session = store.createSession();
    const idBefore = session?.id;
    const cookie = () => (session ? { 'Set-Cookie': sessionCookie(session.id) } : {});
    try {
      const result = await handler({ session, body });
      sendJson(res, 200, result, cookie());
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      sendJson(res, error.status, error, session?.id === idBefore ? cookie() : {});
    }
  }

  function sessionCookie(id) {
    const secure = config.publicUrl.startsWith('https:') ? '; Secure' : '';
    return `${COOKIE}=${id}; Path=${config.basePath || '/'}; Max-Age=${COOKIE_AGE}; HttpOnly; SameSite=Lax${secure}`;
  }

  async function handleTest(req, res, path) {
    if (!config.testToken) throw new UserError(404, 'not-found', 'Not found');
    const given = Buffer.from(req.headers.authorization ?? '');
    const wanted = Buffer.from(`Bearer ${config.testToken}`);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
      throw new UserError(401, 'unauthorized', 'Unauthorized');
    }
    if (req.method === 'POST' && path === '/clock') {
      const { now } = await readJson(req);
      const epoch = typeof now === 'string' ? Date.parse(now) : NaN;
      if (Number.isNaN(epoch)) throw new UserError(400, 'bad-time', '"now" must be an ISO 8601 time');
      clock.set(epoch);
    } else if (req.method === 'POST' && path === '/reset') {
      store.reset();
      clock.reset();
    } else {
      throw new UserError(404, 'not-found', 'Not found');
    }
    sendJson(res, 200, { now: new Date(clock.now()).toISOString() });
  }

  async function handle(req, res) {
    const { pathname } = new URL(req.url, 'http://localhost');
    const { basePath } = config;
    if (basePath && pathname === basePath) return send(res, 308, '', { Location: `${basePath}/` });
    if (!pathname.startsWith(`${basePath}/`)) return send(res, 404, 'Not found');
    const path = pathname.slice(basePath.length);

    if (path.startsWith('/api/')) return handleApi(req, res, path.slice(4));
    if (path.startsWith('/_test/')) return handleTest(req, res, path.slice(6));
    if (!['GET', 'HEAD'].includes(req.method)) throw new UserError(405, 'method', 'Method not allowed');
    if (path === '/qr.svg') {
      const address = `${config.publicUrl || originOf(req) + basePath}/store`;
      return send(res, 200, qrSvg(address), { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'no-store' });
    }
    return files(req, res, path);
  }

  const server = http.createServer((req, res) => {
    handle(req, res).catch((error) => {
      if (res.headersSent) return res.destroy();
      if (error instanceof UserError) return sendJson(res, error.status, error);
      console.error(error);
      return sendJson(res, 500, new UserError(500, 'internal', 'システムエラーが発生しました。時間をおいてもう一度お試しください。'));
    });
  });

  return { server, clock, store };
}
