import { isComposing } from '../views/keyboard.js';

/** Input types without text entry. */
const untyped = ['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit'];

const isTypedInto = (target: EventTarget | undefined): boolean =>
  target instanceof HTMLInputElement
    ? !untyped.includes(target.type)
    : target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement ||
      (target instanceof HTMLElement && target.isContentEditable);

/** Keys that leave a field, and modifier keys. */
const leading = ['Escape', 'Tab', 'Alt', 'AltGraph', 'Control', 'Meta', 'ContextMenu'];
/** With Ctrl or ⌘: select all, copy, undo and redo, paste, cut. */
const editing = 'acvxyz';

/** Whether a key types or edits text. All other keys reach the page. */
const isTyping = (event: KeyboardEvent): boolean => {
  const { key, code, altKey, ctrlKey, metaKey } = event;
  // Escape and Tab too are the input method's then.
  if (isComposing(event)) return true;
  const isCharacter = key.length === 1;
  if (leading.includes(key)) return false;
  // Function keys.
  if (!isCharacter && key.startsWith('F') && Number(key.slice(1)) > 0) return false;
  if (event.getModifierState('AltGraph')) return true;
  if (ctrlKey || metaKey) return isCharacter ? editing.includes(key.toLowerCase()) : key !== 'Enter';
  // With Option, a Mac types another character; if it is the letter on the key, Alt makes a shortcut.
  if (altKey) return isCharacter && key.toLowerCase() !== code.slice(-1).toLowerCase();
  return true;
};

/** Keys whose keydown was stopped: only their keyup is stopped too. */
const contained = new Set<string>();

/**
 * Stops key events that type into a text field of this root. For a page they are retargeted to the element, so that its
 * shortcuts of one key cannot tell typing from a shortcut. Fields in a slot belong to the page and are not stopped.
 */
export const containTyping = (event: KeyboardEvent, root: Node | null): void => {
  const [target] = event.composedPath();
  if (!(target instanceof Node) || target.getRootNode() !== root || !isTypedInto(target)) return;
  const { type, code } = event;
  if (type === 'keydown') contained[isTyping(event) ? 'add' : 'delete'](code);
  if (contained.has(code)) event.stopPropagation();
  if (type === 'keyup') contained.delete(code);
};
