/** A progress line on standard error, for what takes over two seconds. */
export class Progress {
  private readonly start = performance.now();
  private last = 0;
  private shown = false;

  constructor(private readonly what: string) {}

  /** Shows how far it is, at most four times a second and not in the first two seconds. */
  at(done: number, of?: number): void {
    const now = performance.now();
    if (now - this.start < 2000 || now - this.last < 250) return;
    this.last = now;
    this.shown = true;
    const seconds = Math.round((now - this.start) / 1000);
    const how = of === undefined ? `${done}` : `${done} of ${of}`;
    process.stderr.write(`\r${this.what}: ${how} (${seconds} s) `);
  }

  end(): void {
    if (this.shown) process.stderr.write('\n');
  }
}
