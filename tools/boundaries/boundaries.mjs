#!/usr/bin/env node
// The watchdog of the watchdog: a lint that checks nothing is as green as one that finds nothing. So each forbidden
// import and each impurity is planted, and the rule meant for it must bite.
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { plantedForCruise, wrongCruises } from './cruise.mjs';
import { sins } from './sins.mjs';

const root = join(import.meta.dirname, '..', '..');

/** Hands each sin to lint as the text of a file that exists: nothing is written, so nothing can be left behind. */
async function wrongLints() {
  const eslint = new ESLint({ cwd: root });
  const wrong = [];
  for (const [file, planted] of Object.entries(sins)) {
    for (const [text, rule] of planted) {
      const [{ messages }] = await eslint.lintText(text, { filePath: join(root, file) });
      const found = messages.map((message) => message.ruleId ?? message.message);
      if (rule === null ? found.length > 0 : !found.includes(rule)) {
        wrong.push(
          `${file}: ${rule ?? 'nothing'} expected, found: ${found.join(', ') || 'nothing'}\n${text}`,
        );
      }
    }
  }
  return wrong;
}

const wrong = [...(await wrongLints()), ...(await wrongCruises(root))];
for (const sin of wrong) console.error(sin);
if (wrong.length > 0) process.exitCode = 1;
else {
  const planted = Object.values(sins).flat().length;
  const faults = `${plantedForCruise} planted faults`;
  console.log(
    `boundaries: lint judged ${planted} planted texts, dependency-cruiser found ${faults}`,
  );
}
