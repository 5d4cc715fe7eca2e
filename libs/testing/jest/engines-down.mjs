// Stops what engines-up.mjs started, once.
const STARTED = Symbol.for('handoff.test-engines');

export default async function enginesDown() {
  const engines = await globalThis[STARTED];
  await engines?.stop();
  globalThis[STARTED] = undefined;
}
