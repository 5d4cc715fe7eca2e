/** How the receivers of `sick-sink.ts` are sick, as the first part of their paths. */
export const SICK_PATHS = ['hangs', 'fails', 'throttled', 'resets'] as const;
