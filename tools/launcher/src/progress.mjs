// Nothing that takes over two seconds is silent: one line grows on a terminal, lines follow each other elsewhere.
const FIRST_AFTER_MS = 2000;

/**
 * Does the work and says so, on standard output unless told otherwise.
 *
 * @template T
 * @param {string} title what is being done: "Building"
 * @param {() => Promise<T>} work
 * @param {object} [options]
 * @param {() => string} [options.detail] how far it has come
 * @param {boolean} [options.quiet] says something only if it takes long, and on standard error
 * @returns {Promise<T>}
 */
export async function step(title, work, { detail = () => '', quiet = false } = {}) {
  const out = quiet ? process.stderr : process.stdout;
  const begunMs = Date.now();
  const seconds = () => ((Date.now() - begunMs) / 1000).toFixed(1);
  let said = false;
  const say = () => {
    const line = [`${title}: ${Math.round(Number(seconds()))} s so far`, detail()]
      .filter(Boolean)
      .join(', ');
    out.write(out.isTTY ? `\r${line}\x1b[K` : `${line}\n`);
    said = true;
  };
  const first = setTimeout(say, FIRST_AFTER_MS);
  const further = setInterval(say, out.isTTY ? 1000 : 10_000);
  try {
    const result = await work();
    const clear = said && out.isTTY ? '\r\x1b[K' : '';
    if (said || !quiet) out.write(`${clear}${title}: done in ${seconds()} s\n`);
    return result;
  } catch (error) {
    if (said && out.isTTY) out.write('\n');
    throw error;
  } finally {
    clearTimeout(first);
    clearInterval(further);
  }
}
