import { trimEdges } from '@ai-cockpit/sdk/contract';
import { fileFault } from './files.js';
import { faultOf } from './kinds.js';
import { nearMatch } from '../documents/near-match.js';
import { shown } from '../documents/shown.js';
import { type Setting, type Settings, settings } from './settings.js';
import { readTextFile } from './text-file.js';

type Variables = Readonly<Record<string, string | undefined>>;

export interface ReadSettings {
  /** Where a setting is at fault, its default or `null`. */
  values: Settings;
  /** The names that were given something, at fault or not. */
  given: ReadonlySet<string>;
  /** One line for each setting that cannot be used. */
  faults: string[];
  /** One line for each name that is no setting and looks like one. */
  warnings: string[];
}

const byName: Readonly<Record<string, Setting<unknown>>> = settings;

/** The text of a setting: from its variable or, for a secret, from the file that `NAME_FILE` names. */
const textOf = (
  variables: Variables,
  name: string,
  { isSecret, kind }: Setting<unknown>,
): { text: string } | { fault: string } | null => {
  const trimmed = (text: string): string => (kind.keepsEdges ? text : trimEdges(text));
  const text = trimmed(variables[name] ?? '');
  const file = isSecret && trimEdges(variables[`${name}_FILE`] ?? '');
  if (!file) return text ? { text } : null;
  if (text) return { fault: `${name}: is set, and ${name}_FILE too: set one of them` };
  try {
    // As a mounted secret is often written: with a line break that is no part of it.
    const content = trimmed(readTextFile(file).replace(/\r?\n$/, ''));
    return content
      ? { text: content }
      : { fault: `${name}_FILE: the file ${shown(file)} is empty; it must hold ${kind.allowed}` };
  } catch (error) {
    return { fault: `${name}_FILE: ${fileFault(error, file)}` };
  }
};

/** A placeholder of an example. The value is not shown, because it may be a real secret. */
const placeholder = /\b(?:REPLACE|CHANGE)[_-]ME\b|<[a-z][\w -]*>/i;
const placeholderFault = 'still has a placeholder where a value of your own belongs';

const withExample = (fault: string, name: string, { unit, example }: Setting<unknown>): string => {
  const sentence = unit === undefined ? fault : `${fault}, in ${unit}`;
  return `${sentence}${/[?.…]$/.test(sentence) ? '' : '.'} Example: ${name}=${example}`;
};

/** A variable that is empty, or white space, counts as one that is not set. */
export const readSettings = (variables: Variables): ReadSettings => {
  const values: Record<string, unknown> = {};
  const given = new Set<string>();
  const faults: string[] = [];
  for (const [name, setting] of Object.entries(byName)) {
    const { kind, isSecret = false } = setting;
    const preset = setting.default === undefined ? null : kind.read(setting.default);
    values[name] = preset && 'value' in preset ? preset.value : null;
    const source = textOf(variables, name, setting);
    if (!source) continue;
    given.add(name);
    if ('fault' in source) {
      faults.push(source.fault);
      continue;
    }
    if (placeholder.test(source.text)) {
      faults.push(withExample(`${name}: ${placeholderFault}`, name, setting));
      continue;
    }
    const reading = kind.read(source.text);
    if (reading && 'value' in reading) values[name] = reading.value;
    else faults.push(withExample(`${name}: ${faultOf(kind, source.text, reading?.reason, isSecret)}`, name, setting));
  }
  // Each name's value was read by its own kind, which a loop over the table loses.
  return { values: values as Settings, given, faults, warnings: misspelled(variables) };
};

/** Other programs' variables are in the environment too: only a slip of one or two characters is worth a warning. */
const aSlip = (name: string): number => (name.length < 10 ? 1 : 2);

/** The same for names of which two letters changed places. */
const lettersOf = (name: string): string => [...name].toSorted().join('');

const misspelled = (variables: Variables): string[] => {
  const names = Object.entries(byName).flatMap(([name, { isSecret }]) => (isSecret ? [name, `${name}_FILE`] : [name]));
  const known = new Set(names);
  return Object.entries(variables).flatMap(([name, text]) => {
    if (!text || known.has(name) || name.length < 6) return [];
    const ofFile = name.replace(/_FILE$/, '');
    if (ofFile !== name && byName[ofFile])
      return [`${name} is not a setting: ${ofFile} is no secret, and is set itself.`];
    const near = nearMatch(name, names, aSlip) ?? names.find((it) => lettersOf(it) === lettersOf(name)) ?? null;
    return near === null ? [] : [`${name} is not a setting. Did you mean ${near}?`];
  });
};
