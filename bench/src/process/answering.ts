/** What a process of the benchmark can be asked, by name. Arguments and answers are plain data. */
export type Answers = Readonly<Record<string, (argument: never) => unknown>>;

export interface Question {
  readonly id: number;
  readonly method: string;
  readonly argument: unknown;
}

/** What a child tells its parent: that it is ready, with what the parent must know of it, or the answer to a question. */
export type Told =
  | { readonly ready: unknown }
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failure: string };

/** Answers the parent's questions that are named here; others are for somebody else in this process. */
export function answer(answers: Answers): void {
  process.on('message', (question: Question) => {
    const method = answers[question.method];
    if (method !== undefined) void reply(question, method);
  });
}

/** Says that the parent may begin. From now on the process ends in order when it is told to. */
export function sayReady(ready: unknown = null): void {
  process.once('SIGTERM', () => process.exit());
  tell({ ready });
}

/** What the parent gave this process at its start. */
export function startArgument<T>(): T {
  return JSON.parse(process.argv[2] ?? 'null') as T;
}

async function reply({ id, argument }: Question, method: Answers[string]): Promise<void> {
  try {
    tell({ id, answer: await method(argument as never) });
  } catch (error) {
    tell({ id, failure: (error as Error).stack ?? String(error) });
  }
}

function tell(told: Told): void {
  // Where the parent has gone there is nobody left to tell.
  if (process.connected) process.send?.(told, undefined, {}, () => undefined);
}
