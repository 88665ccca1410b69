/** What plain doubles may lose. */

/** How far a computed optimum may lie beside the true one. */
export function slackOf(value: number): number {
  return 1e-4 + Math.abs(value) * 1e-13;
}
