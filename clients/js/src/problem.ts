import type { ProblemField } from './control.js';

/** What the control API refused, as RFC 9457 words it. */
export class Problem extends Error {
  constructor(
    /** The HTTP status. */
    readonly status: number,
    /** What went wrong, for programs: `no_such_world`, `nothing_arrived`, … */
    readonly code: string,
    /** What went wrong, for people. */
    readonly detail: string,
    /** What went wrong, field by field. */
    readonly errors: readonly ProblemField[] = [],
  ) {
    super([`${detail} (${code}, HTTP ${status})`, ...errors.map((e) => `${e.field}: ${e.detail}`)].join('\n  '));
    this.name = 'Problem';
  }
}

/** Reads the problem of a response that is not OK, whoever wrote it. */
export async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    const p = JSON.parse(text) as { code?: string; detail?: string; title?: string; errors?: ProblemField[] | null };
    return new Problem(response.status, p.code ?? 'unknown', p.detail ?? p.title ?? response.statusText, p.errors ?? []);
  } catch {
    return new Problem(response.status, 'unknown', text.slice(0, 200) || response.statusText);
  }
}
