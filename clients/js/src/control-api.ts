import { problemOf } from './problem.js';

export type Query = Record<string, string | number | boolean | undefined>;

/** One request is one call; nothing is tried again. */
export class ControlAPI {
  constructor(
    private readonly console: string,
    private readonly token: string | undefined,
  ) {}

  get<T>(path: string, query: Query = {}): Promise<T> {
    return this.send<T>('GET', path, query);
  }

  async send<T>(method: string, path: string, query: Query = {}, body?: unknown): Promise<T> {
    const response = await this.response(method, path, query, body);
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async response(method: string, path: string, query: Query = {}, body?: unknown): Promise<Response> {
    const url = new URL(this.console.replace(/\/$/, '') + path);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const headers: Record<string, string> = {};
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (this.token) headers['Authorization'] = `Bearer ${this.token}`;
    let response: Response;
    try {
      response = await fetch(url, { method, headers, redirect: 'manual', body: body === undefined ? null : JSON.stringify(body) });
    } catch (cause) {
      throw new Error(`no answer from the sandbox's control API at ${this.console}; is it started? (netanswer serve)`, { cause });
    }
    if (!response.ok) throw await problemOf(response);
    return response;
  }
}
