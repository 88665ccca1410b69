import { join } from 'node:path';

/** Folder of the proto files: imports and service definitions name them from here. */
export const protoFolder = join(import.meta.dirname, '..', 'proto');
