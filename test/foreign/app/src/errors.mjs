/** An answer the user should read: HTTP status, machine code and a Japanese sentence. */
export class UserError extends Error {
  constructor(status, code, message, extra = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.extra = extra;
  }

  toJSON() {
    return { error: { code: this.code, message: this.message, ...this.extra } };
  }
}

/** A field-level complaint: `fields` maps a field's name to its sentences. */
export function invalid(fields) {
  const first = Object.values(fields)[0][0];
  return new UserError(422, 'invalid', first, { fields });
}
