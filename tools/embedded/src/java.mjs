import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const OLDEST = 17;

/** @returns {string} the java that JAVA_HOME or else PATH names */
export function javaCommand() {
  const home = process.env['JAVA_HOME'];
  return home ? join(home, 'bin', 'java') : 'java';
}

/**
 * Kafka's classes need Java 17. An older one would die with "class file version 61.0", a missing one behind setpriv
 * with "failed to execute java": hence the question beforehand.
 *
 * @returns {string | undefined} one sentence that says what to do, or nothing where Java will do
 */
export function javaVersionProblem() {
  const command = javaCommand();
  const toDo =
    `install Java ${OLDEST} or newer (Debian: openjdk-17-jre-headless) ` +
    'and see that JAVA_HOME or PATH names it';
  const asked = spawnSync(command, ['-version'], { encoding: 'utf8' });
  if (asked.error || asked.status !== 0)
    return `Java is missing (${command} does not run): ${toDo}.`;
  // The text comes on standard error; Java 8 calls itself 1.8.
  const version = /version "(?:1\.)?(\d+)[^"]*"/.exec(`${asked.stderr}${asked.stdout}`);
  const major = Number(version?.[1] ?? Number.NaN);
  if (major >= OLDEST) return undefined;
  return `Java is too old (${command} is version ${version?.[1] ?? 'unknown'}): ${toDo}.`;
}
