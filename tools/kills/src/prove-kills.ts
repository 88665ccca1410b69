import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freeBlock } from '@guoku/tool-embedded';
import { complaintsAbout } from './complaints.js';
import { killsOf, victimsByMonth, type Kill, type Step } from './kill-plan.js';
import { playMonth, type PlayedMonth } from './played-month.js';
import { StandingSystem, type Victim } from './standing-system.js';

export interface KillSettings {
  readonly seed: number;
  /** Kills of each victim. */
  readonly each: number;
  readonly perMonth: number;
  /** The last day to play. */
  readonly until?: string;
  /** The first of twenty ports; free ones are looked for where it is undefined. */
  readonly ports?: number;
  /** Only this month of the plan, from 1 on, to find the cause of a failure. */
  readonly month?: number;
  readonly say: (line: string) => void;
}

/** A kill that was done. */
export interface Death extends Kill {
  readonly month: number;
  /** From the kill until the victim answered again, pause included. */
  readonly backAfterMs: number;
}

export interface Proven {
  readonly seed: number;
  readonly months: number;
  readonly deaths: readonly Death[];
  readonly undisturbedMs: number;
  /** How long each disturbed month took. */
  readonly monthsMs: readonly number[];
  /** Sentences; none where every month kept its word. */
  readonly complaints: readonly string[];
  /** Where the data and the logs of the failed month lie. */
  readonly kept: string | null;
}

/**
 * Plays the month undisturbed, then as often as it takes with kills on fresh data, and compares. Stops at the first
 * month that fails. Kills that a month did not come to are done in a further one.
 */
export async function proveKills(settings: KillSettings): Promise<Proven> {
  const { seed, each, perMonth, say } = settings;
  const place = mkdtempSync(join(tmpdir(), 'guoku-kills-'));
  const folder = join(place, 'data');
  const ports = settings.ports ?? (await freeBlock(20));
  const play = async (month: number, kills: (steps: readonly Step[]) => Kill[], quiet?: Run) =>
    runMonth({ folder, ports, month, ...settings }, kills(quiet?.month.steps ?? []), quiet);

  say(`seed ${seed}: the month undisturbed`);
  const quiet = await play(0, () => []);
  const runs: Run[] = [];
  const plan = victimsByMonth(seed, each, perMonth);
  let last = quiet;
  for (let month = settings.month ?? 1; last.complaints.length === 0; month += 1) {
    const victims = plan[month - 1] ?? [];
    if (victims.length === 0) break;
    last = await play(month, (steps) => killsOf(seed + month, victims, steps), quiet);
    runs.push(last);
    if (last.undone.length > 0) plan.push([...last.undone]);
    if (settings.month !== undefined) break;
  }
  const failed = last.complaints.length > 0;
  if (!failed) rmSync(place, { recursive: true, force: true });
  return {
    seed,
    months: runs.length,
    deaths: runs.flatMap(({ deaths }) => deaths),
    undisturbedMs: quiet.tookMs,
    monthsMs: runs.map(({ tookMs }) => tookMs),
    complaints: last.complaints,
    kept: failed ? folder : null,
  };
}

interface Run {
  readonly month: PlayedMonth;
  readonly tookMs: number;
  readonly deaths: readonly Death[];
  /** Victims whose turn did not come before the month was over. */
  readonly undone: readonly Victim[];
  readonly complaints: readonly string[];
}

interface RunSettings extends Omit<KillSettings, 'month'> {
  readonly folder: string;
  readonly ports: number;
  readonly month: number;
}

async function runMonth(settings: RunSettings, kills: readonly Kill[], quiet?: Run): Promise<Run> {
  const { folder, ports, month: number, until, say } = settings;
  const system = await StandingSystem.start(folder, ports);
  const beganMs = performance.now();
  let isOver = false;
  const dying: Promise<Death | undefined>[] = [];
  const begin = async (kill: Kill): Promise<Death | undefined> => {
    await sleep(kill.afterMs);
    const { victim, pauseMs } = kill;
    const backAfterMs = await system.killAndRestart(victim, pauseMs, () => {
      if (!isOver) say(`  month ${number}: ${victim} is killed, back after ${pauseMs} ms`);
      return !isOver;
    });
    return backAfterMs === undefined ? undefined : { ...kill, month: number, backAfterMs };
  };
  try {
    const month = await playMonth(system, until, (step, text) => {
      say(`  month ${number}: ${text}`);
      dying.push(...kills.filter((kill) => kill.step === step).map(begin));
    });
    isOver = true;
    const tookMs = performance.now() - beganMs;
    const died = await Promise.all(dying);
    const deaths = died.filter((death) => death !== undefined);
    const complaints = await complaintsAbout(system, month, quiet?.month.books);
    say(`month ${number}: ${deaths.length} kills, ${seconds(tookMs)} s, ${verdict(complaints)}`);
    return { month, tookMs, deaths, undone: undoneOf(kills, deaths), complaints };
  } finally {
    await system.stop();
  }
}

function undoneOf(kills: readonly Kill[], deaths: readonly Death[]): Victim[] {
  const left = kills.map(({ victim }) => victim);
  for (const { victim } of deaths) left.splice(left.indexOf(victim), 1);
  return left;
}

function verdict(complaints: readonly string[]): string {
  return complaints.length === 0 ? 'the books are the same' : complaints.join('\n');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
