/** Faults gathered while reading, each at its place in the document. */
import type { Fault, FaultCode } from '../problem.js';
import type { Path } from './tape.js';

interface Found {
  readonly path: Path;
  readonly code: FaultCode;
  readonly detail: string;
}

export class Faults {
  private readonly found: Found[] = [];

  add(path: Path, code: FaultCode, detail: string): void {
    this.found.push({ path, code, detail });
  }

  get any(): boolean {
    return this.found.length > 0;
  }

  /** All of them, in order of the document; what is missing comes after what stands beside it. */
  inOrder(): Fault[] {
    return this.found
      .sort((a, b) => comparePaths(a.path, b.path))
      .map(({ path, code, detail }) => ({ pointer: pointerOf(path), code, detail }));
  }
}

/** RFC 6901. */
function pointerOf(path: Path): string {
  return path
    .map(({ key }) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

function comparePaths(a: Path, b: Path): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const left = a[index]?.spot ?? 0;
    const right = b[index]?.spot ?? 0;
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.length - b.length;
}
