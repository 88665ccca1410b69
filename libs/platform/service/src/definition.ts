import type { INestApplicationContext, Type } from '@nestjs/common';
import type { ServiceName } from '@guoku/contracts';
import type { Consumer } from '@guoku/messaging';

/** What makes one service out of the platform. Its `main.ts` says nothing else. */
export interface ServiceDefinition {
  readonly name: ServiceName;
  /** The one Nest module of the service. */
  readonly module: Type<object>;
  /** Folder of its migrations (`join(import.meta.dirname, 'migrations')`). */
  readonly migrations: string;
  readonly grpcPackage: string;
  /** Proto files below the folder `proto` of `@guoku/contracts`, such as `guoku/quota/v1/quota.proto`. */
  readonly protos: readonly string[];
  /** Events that it takes in. */
  readonly consumers: (app: INestApplicationContext) => readonly Consumer[];
  /** Services that it calls: their `<NAME>_GRPC` and an OIDC client become mandatory settings. */
  readonly peers?: readonly ServiceName[];
}
