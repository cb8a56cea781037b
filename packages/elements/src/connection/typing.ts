/** Types of inputs that nothing is typed into. */
const untyped = ['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit'];

const isTypedInto = (target: EventTarget | undefined): boolean =>
  target instanceof HTMLInputElement
    ? !untyped.includes(target.type)
    : target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement ||
      (target instanceof HTMLElement && target.isContentEditable);

/** Keys that lead away from a field, or that mean nothing without another one. */
const leading = ['Escape', 'Tab', 'Alt', 'AltGraph', 'Control', 'Meta', 'ContextMenu'];
/** With Ctrl or ⌘: select all, copy, undo and redo, paste, cut. */
const editing = 'acvxyz';

/** Whether a key types or edits text. Every other is the page's to use, from wherever it is pressed. */
const isTyping = (event: KeyboardEvent): boolean => {
  const { key, code, altKey, ctrlKey, metaKey } = event;
  const isCharacter = key.length === 1;
  if (leading.includes(key)) return false;
  // F1 and so on.
  if (!isCharacter && key.startsWith('F') && Number(key.slice(1)) > 0) return false;
  if (event.getModifierState('AltGraph')) return true;
  if (ctrlKey || metaKey) return isCharacter ? editing.includes(key.toLowerCase()) : key !== 'Enter';
  // A Mac types other characters with Option; with the letter on the key itself, Alt is a shortcut.
  if (altKey) return isCharacter && key.toLowerCase() !== code.slice(-1).toLowerCase();
  return true;
};

/** Keys that were kept from the page when they were pressed: only these are kept from it when they are released. */
const contained = new Set<string>();

/**
 * Keeps from the page what is typed into a text field of this root. To the page, it would come from the element around
 * the root, where a shortcut of one key is not told from typing. Fields that a page has put into a slot are its own.
 */
export const containTyping = (event: KeyboardEvent, root: Node | null): void => {
  const [target] = event.composedPath();
  if (!(target instanceof Node) || target.getRootNode() !== root || !isTypedInto(target)) return;
  const { type, code } = event;
  if (type === 'keydown') contained[isTyping(event) ? 'add' : 'delete'](code);
  if (contained.has(code)) event.stopPropagation();
  if (type === 'keyup') contained.delete(code);
};
