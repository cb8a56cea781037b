/** The keys that WebDriver has a code for. */
const keyCodes = {
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Meta: '\uE03D',
  Tab: '\uE004',
  Enter: '\uE007',
  Escape: '\uE00C',
  Space: ' ',
  Backspace: '\uE003',
  Delete: '\uE017',
  Home: '\uE011',
  End: '\uE010',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
};
const buttons = { left: 0, middle: 1, right: 2 };

/** The commands that a test may send to the page by WebDriver. */
export class WebKitPage {
  #driver;

  constructor(driver) {
    this.#driver = driver;
  }

  keyboard = {
    down: (key) => this.#keys([['keyDown', key]]),
    up: (key) => this.#keys([['keyUp', key]]),
    press: (key) =>
      this.#keys([
        ['keyDown', key],
        ['keyUp', key],
      ]),
    type: (text) =>
      this.#keys(
        [...text].flatMap((key) => [
          ['keyDown', key],
          ['keyUp', key],
        ]),
      ),
  };

  mouse = {
    move: (x, y) => this.#pointer([{ type: 'pointerMove', x, y }]),
    down: ({ button = 'left' } = {}) => this.#pointer([{ type: 'pointerDown', button: buttons[button] }]),
    up: ({ button = 'left' } = {}) => this.#pointer([{ type: 'pointerUp', button: buttons[button] }]),
    click: (x, y, { button = 'left' } = {}) =>
      this.#pointer([
        { type: 'pointerMove', x, y },
        { type: 'pointerDown', button: buttons[button] },
        { type: 'pointerUp', button: buttons[button] },
      ]),
  };

  async setViewportSize({ width, height }) {
    // The window is larger than the page by its own bars.
    const [innerWidth, innerHeight] = await this.#driver.execute('return [window.innerWidth, window.innerHeight];');
    const outer = await this.#driver.getWindowRect();
    await this.#driver.setWindowRect(null, null, outer.width + width - innerWidth, outer.height + height - innerHeight);
  }

  #keys(strokes) {
    const actions = strokes.map(([type, key]) => ({ type, value: keyCodes[key] ?? key }));
    return this.#driver.performActions([{ type: 'key', id: 'keyboard', actions }]);
  }

  #pointer(actions) {
    return this.#driver.performActions([{ type: 'pointer', id: 'mouse', actions }]);
  }
}
