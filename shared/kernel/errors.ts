/** One thing that is wrong with an input, addressed by its path (`lines.0.quantity`). */
export interface FieldError {
  path: string;
  code: string;
  message: string;
}

/**
 * An expected failure. `type` is stable and upper-case, `code` is the HTTP status, `data` is safe to show.
 * The names of the fields are Moleculer's, because they cross nodes unchanged while the class does not:
 * on the far side test `err.type`, never `instanceof`.
 */
export class AppError extends Error {
  readonly code: number;
  readonly type: string;
  readonly data: Record<string, unknown>;
  readonly retryable = false;
  constructor(code: number, type: string, message: string, data: Record<string, unknown> = {}) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.type = type;
    this.data = data;
  }
}

/** The state of things does not allow it: 409. */
export class RuleViolation extends AppError {
  constructor(type: string, message: string, data?: Record<string, unknown>) {
    super(409, type, message, data);
  }
}

/** A {@link RuleViolation} that one field is the reason of, so that a form tells it there. */
export const refusedField = ({ path, code, message }: FieldError): RuleViolation =>
  new RuleViolation(code, message, { errors: [{ path, code, message }] });

/** Missing, or someone else's: both look the same from outside. 404. */
export class NotFound extends AppError {
  constructor(what: string, data?: Record<string, unknown>) {
    super(404, `${what.toUpperCase().replaceAll(/[^A-Z]+/g, '_')}_NOT_FOUND`, `There is no such ${what}`, data);
  }
}

/** More of them help nobody, and a small request must not make a large answer. */
const MOST_ERRORS = 100;

/** The input is readable and wrong: 422 with the paths of the fields, at most 100 of them. */
export class InvalidInput extends AppError {
  constructor(errors: FieldError[], type = 'INVALID_INPUT') {
    super(422, type, errors[0] ? `${errors[0].path || 'input'}: ${errors[0].message}` : 'The input is invalid', {
      errors: errors.slice(0, MOST_ERRORS),
    });
  }
}

/** Shorthand for an {@link InvalidInput} about one field. */
export const invalidField = (path: string, code: string, message: string): InvalidInput =>
  new InvalidInput([{ path, code, message }]);

/** Whether an error, possibly from another node, is an expected failure of the given type. */
export const hasType = (error: unknown, type: string): boolean =>
  typeof error === 'object' && error !== null && (error as { type?: unknown }).type === type;
