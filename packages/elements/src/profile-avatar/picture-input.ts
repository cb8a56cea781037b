import type { LitElement } from 'lit';
import { type PictureLimits, type RefusedPicture, readPicture } from './picture.js';

export interface PictureInputOptions {
  readonly limits: () => PictureLimits;
  /** Called with the picture that was chosen last, drawn anew, or with the reason why the file is refused. */
  readonly onRead: (picture: Blob | RefusedPicture) => void;
}

/** Reads the picture that a person chooses in a file input. */
export class PictureInput {
  /** Whether a file is being read, which takes some seconds for a very large one. */
  isReading = false;
  readonly #host: LitElement;
  readonly #options: PictureInputOptions;
  #latest: File | undefined;

  constructor(host: LitElement, options: PictureInputOptions) {
    this.#host = host;
    this.#options = options;
  }

  readonly handleChange = async ({ target }: Event): Promise<void> => {
    // Only the file input has this listener.
    const input = target as HTMLInputElement;
    const [file] = input.files ?? [];
    // The same file can be chosen again.
    input.value = '';
    if (!file) return;
    this.#setLatest(file);
    const picture = await readPicture(file, this.#options.limits());
    // Another file may have been chosen meanwhile, or another person have signed in.
    if (file !== this.#latest) return;
    this.cancel();
    this.#options.onRead(picture);
  };

  /** Drops the file that is being read. */
  cancel(): void {
    this.#setLatest(undefined);
  }

  #setLatest(file: File | undefined): void {
    this.#latest = file;
    this.isReading = file !== undefined;
    this.#host.requestUpdate();
  }
}
