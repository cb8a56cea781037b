// The browser engines that tests run in: where each stands on a machine, and what Debian calls it.
import { existsSync } from 'node:fs';
import { canInstallPackages, installPackages } from './debian.mjs';

const engines = {
  chromium: {
    packages: ['chromium', 'fonts-liberation'],
    programs: {
      browser: [
        process.env.CHROMIUM_PATH,
        '/usr/bin/chromium',
        '/usr/bin/chromium-browser',
        '/usr/bin/google-chrome',
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
        '/Applications/Chromium.app/Contents/MacOS/Chromium',
        'C:/Program Files/Google/Chrome/Application/chrome.exe',
      ],
    },
  },
  firefox: {
    packages: ['firefox-esr', 'fonts-liberation'],
    programs: {
      browser: [
        process.env.FIREFOX_PATH,
        '/usr/bin/firefox-esr',
        '/usr/bin/firefox',
        '/Applications/Firefox.app/Contents/MacOS/firefox',
        'C:/Program Files/Mozilla Firefox/firefox.exe',
      ],
    },
  },
  // On Linux only: WebKitGTK, which has no headless mode and so needs a display.
  webkit: {
    packages: ['webkit2gtk-driver', 'xvfb', 'fonts-liberation'],
    programs: {
      browser: [
        process.env.WEBKIT_PATH,
        '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
        '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
        '/usr/libexec/webkit2gtk-4.1/MiniBrowser',
      ],
      driver: ['/usr/bin/WebKitWebDriver'],
      display: ['/usr/bin/Xvfb'],
    },
  },
};

export const engineNames = Object.keys(engines);

/** The programs that an engine needs, by what they are to it; none where one is missing. */
export const findEngine = (name) => {
  const found = Object.entries(engines[name].programs).map(([part, places]) => [
    part,
    places.find((path) => path && existsSync(path)),
  ]);
  return found.every(([, path]) => path) ? Object.fromEntries(found) : undefined;
};

export const findChromium = () => findEngine('chromium')?.browser;

/** Installs the engines that are missing where that takes no questions, as root on Debian; says which are missing still. */
export const installEngines = () => {
  const missing = () => engineNames.filter((name) => !findEngine(name));
  const packages = [...new Set(missing().flatMap((name) => engines[name].packages))];
  if (packages.length === 0 || !canInstallPackages()) return missing();
  console.log(`Not here: ${missing().join(', ')}. Installing Debian’s.`);
  installPackages(packages);
  return missing();
};

/** For a machine without a GPU, run as root, and nothing asked of the network. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
