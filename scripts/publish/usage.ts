/** The command was given in a way that it cannot be carried out; the message says how. */
export class UsageError extends Error {
  readonly code = 'usage'
}
