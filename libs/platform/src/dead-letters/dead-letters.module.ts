import { PostgresDeadLetters } from '@handoff/persistence';
import { type DynamicModule, Module } from '@nestjs/common';
import { DeadLettersController } from './dead-letters.controller.js';

/** The HTTP interface to what a consuming service set aside. */
@Module({})
export class DeadLettersModule {
  static of(letters: PostgresDeadLetters): DynamicModule {
    return { module: DeadLettersModule, controllers: [DeadLettersController], providers: [{ provide: PostgresDeadLetters, useValue: letters }] };
  }
}
