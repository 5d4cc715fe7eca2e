// Loaded into every service before its own code: when the starter is killed, the channel to it closes, and the service
// shuts down as it does on Ctrl-C.
const SHUTDOWN_MS_MAX = 10_000;

process.once('disconnect', () => {
  setTimeout(() => process.exit(1), SHUTDOWN_MS_MAX).unref();
  process.kill(process.pid, 'SIGTERM');
});
// The channel must not keep a service alive that has finished.
process.channel?.unref();
