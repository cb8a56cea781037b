// Starts each browser engine for the element tests. All run under reduced motion: half-way through an animation,
// what a test looks at has neither its place nor its colours.
import { chromeLauncher } from '@web/test-runner-chrome';
import * as puppeteer from 'puppeteer-core';
import { chromiumArguments, engineNames, findEngine } from '../../../../scripts/browsers.mjs';
import { WebKitLauncher } from './webkit-launcher.mjs';

const launchers = {
  chromium: ({ browser }) =>
    chromeLauncher({
      puppeteer,
      launchOptions: { executablePath: browser, args: [...chromiumArguments, '--force-prefers-reduced-motion'] },
    }),
  firefox: ({ browser }) =>
    chromeLauncher({
      puppeteer,
      launchOptions: {
        browser: 'firefox',
        executablePath: browser,
        extraPrefsFirefox: {
          'ui.prefersReducedMotion': 1,
          'network.captive-portal-service.enabled': false,
          'network.connectivity-service.enabled': false,
        },
      },
    }),
  webkit: (programs) => new WebKitLauncher(programs),
};

/** @param {string} names separated by commas */
export const launchersOf = (names) =>
  names.split(',').map((name) => {
    if (!engineNames.includes(name)) throw new Error(`No engine is named ${name}: name some of ${engineNames}.`);
    const programs = findEngine(name);
    if (!programs) throw new Error(`${name} is not installed: scripts/browsers.mjs says where it is looked for.`);
    return launchers[name](programs);
  });
