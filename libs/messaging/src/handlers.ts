import { type EventOf, type EventType } from '@handoff/contracts';
import { applyDecorators, Catch, type ArgumentsHost, type RpcExceptionFilter, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { type Observable, throwError } from 'rxjs';
import type { Transaction } from './transactions.js';

/** What an event handler gets beside its events. */
export interface ChunkContext {
  readonly tx: Transaction;
}

/**
 * A handler of one event type. It gets events in the order of their tickets and does everything in `tx`.
 * When it throws, nothing of the chunk is kept; the runner finds the event at fault.
 */
export type ChunkHandler<T extends EventType> = (events: readonly EventOf<T>[], context: ChunkContext) => Promise<void>;

/** Nest would replace the error of a handler by 'Internal server error', and the runner could not tell what it was. */
@Catch()
class PassErrorOn implements RpcExceptionFilter {
  catch(error: unknown, _host: ArgumentsHost): Observable<never> {
    return throwError(() => error);
  }
}

type Marked<T extends EventType> = <M extends ChunkHandler<T>>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<M>) => void;

/** Marks a method of a Nest controller as the one handler of an event type. The method is a `ChunkHandler<T>`. */
export function OnEvents<T extends EventType>(type: T): Marked<T> {
  const onMethod = applyDecorators(EventPattern(type as string) as unknown as MethodDecorator, UseFilters(new PassErrorOn()));
  return (target, key, descriptor) => {
    // Nest hands over the first argument alone unless each is named.
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    onMethod(target, key, descriptor);
  };
}
