import type { Transactions } from '@handoff/messaging';
import { type DynamicModule, Module } from '@nestjs/common';
import { TRANSACTIONS } from '../tokens.js';
import { IMPORT_STORE, type ImportStore } from './import.store.js';
import { ImportsController } from './imports.controller.js';
import { ReceiveImportHandler } from './receive-import.handler.js';

@Module({})
export class ImportsModule {
  static of(parts: { readonly transactions: Transactions; readonly imports: ImportStore }): DynamicModule {
    return {
      module: ImportsModule,
      controllers: [ImportsController],
      providers: [
        { provide: TRANSACTIONS, useValue: parts.transactions },
        { provide: IMPORT_STORE, useValue: parts.imports },
        { provide: ReceiveImportHandler, useValue: new ReceiveImportHandler(parts) },
      ],
    };
  }

  /** The requests whose body is a file that is read as it comes. */
  static streamsBody(method: string, path: string): boolean {
    return method === 'POST' && path.replace(/\/$/, '') === '/v1/imports';
  }
}
