/** A start that cannot go on. The message is one or more plain sentences for the person at the terminal. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
