import { readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { send } from './http.mjs';

const ROOT = fileURLToPath(new URL('../public/', import.meta.url));
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

/** Assets below /assets/, and the one HTML document for every other path. */
export function createStatic(basePath) {
  const shell = readFileSync(join(ROOT, 'index.html'), 'utf8').replaceAll('%BASE%', basePath);

  return async function serve(req, res, path) {
    if (!path.startsWith('/assets/')) {
      return send(res, 200, shell, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' });
    }
    let relative;
    try {
      relative = normalize(decodeURIComponent(path.slice('/assets/'.length)));
    } catch {
      return send(res, 400, 'Bad request');
    }
    const type = TYPES[extname(relative)];
    if (!type || relative.startsWith('..')) return send(res, 404, 'Not found');
    try {
      const content = await readFile(join(ROOT, relative));
      return send(res, 200, content, { 'Content-Type': type, 'Cache-Control': 'no-cache' });
    } catch {
      return send(res, 404, 'Not found');
    }
  };
}
