import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { WebdriverLauncher } from '@web/test-runner-webdriver';
import { freePort } from './free-port.mjs';
import { WebKitPage } from './webkit-page.mjs';

// The kernel ends it with this process, however this process ends.
const start = (program, words, options = {}) => spawn('setpriv', ['--pdeathsig', 'TERM', program, ...words], options);

/** WebKitGTK behind its WebDriver, on a display that nobody sees. */
export class WebKitLauncher extends WebdriverLauncher {
  // Commands that the test runner sends to a page; over WebDriver it supports only a few.
  type = 'playwright';
  #programs;
  #processes = [];
  #settings;

  constructor(programs) {
    super({
      hostname: '127.0.0.1',
      path: '/',
      capabilities: {
        browserName: 'MiniBrowser',
        'wdio:enforceWebDriverClassic': true,
        // A page that is left goes at once, with the server in it, rather than into the cache for going back.
        'webkitgtk:browserOptions': { binary: programs.browser, args: ['--automation', '--enable-page-cache=false'] },
      },
    });
    this.#programs = programs;
  }

  async initialize(config) {
    await super.initialize(config);
    this.name = 'WebKit';
    this.options.port = await this.#startDriver(await this.#startDisplay());
  }

  async startSession(id, url) {
    await this.ensureManagerInitialized();
    // As in the other engines.
    await this.getPage().setViewportSize({ width: 800, height: 600 });
    return super.startSession(id, url);
  }

  getPage() {
    return new WebKitPage(this.driver);
  }

  /** A driver of our own lets no session expire, and one that is asked something while it navigates may never answer. */
  setupHeartbeat() {}

  async stop() {
    await super.stop();
    for (const process of this.#processes.reverse()) {
      process.kill();
      await once(process, 'exit');
    }
    rmSync(this.#settings, { recursive: true, force: true });
  }

  /**
   * Its name, which it chooses itself among those that are free. Without a window manager, the window below the pointer
   * has the focus, and the pointer stands in the middle of the screen: of a small one, so that no window is smaller.
   */
  async #startDisplay() {
    const display = start(
      this.#programs.display,
      ['-displayfd', '3', '-screen', '0', '400x400x24', '-nolisten', 'tcp'],
      {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      },
    );
    this.#processes.push(display);
    const [number] = await once(display.stdio[3], 'data');
    return `:${String(number).trim()}`;
  }

  /** The port at which it listens. */
  async #startDriver(display) {
    this.#settings = mkdtempSync(join(tmpdir(), 'webkit-'));
    mkdirSync(join(this.#settings, 'gtk-3.0'));
    writeFileSync(join(this.#settings, 'gtk-3.0/settings.ini'), '[Settings]\ngtk-enable-animations=0\n');
    // The window's own bar would keep the page from being as narrow as a telephone.
    writeFileSync(
      join(this.#settings, 'gtk-3.0/gtk.css'),
      '* { min-width: 0; padding: 0; margin: 0; font-size: 1px; -gtk-icon-transform: scale(0.1); }\n',
    );
    const port = await freePort();
    this.#processes.push(
      start(this.#programs.driver, [`--port=${port}`, '--host=127.0.0.1'], {
        stdio: 'ignore',
        env: {
          ...process.env,
          DISPLAY: display,
          XDG_CONFIG_HOME: this.#settings,
          // As root and without a GPU, a session bus or a screen reader.
          WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
          WEBKIT_DISABLE_COMPOSITING_MODE: '1',
          LIBGL_ALWAYS_SOFTWARE: '1',
          NO_AT_BRIDGE: '1',
          GTK_A11Y: 'none',
          // A page of tests is gone before the compilers for what runs long have paid for themselves: they took a third.
          JSC_useFTLJIT: '0',
          JSC_useOMGJIT: '0',
        },
      }),
    );
    for (let tries = 0; tries < 100; tries += 1) {
      const status = await fetch(`http://127.0.0.1:${port}/status`).catch(() => undefined);
      if (status?.ok) return port;
      await delay(100);
    }
    throw new Error('WebKitWebDriver did not answer within 10 s.');
  }
}
