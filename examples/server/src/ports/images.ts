/** A picture that is not what it should be: none of its type, or of more pixels than are taken. */
interface RefusedPicture {
  refused: 'not_an_image' | 'too_many_pixels';
}

/** Pictures that people send. */
export interface Images {
  /**
   * The same picture, decoded and encoded anew, upright, within so many pixels a side: nothing else of what was sent is
   * left in it. Of one that moves, how it begins.
   *
   * @param sent Begins as files of its type do.
   * @param signal Once aborted, nobody wants the picture any more: an adapter may throw its reason.
   */
  redraw(
    sent: Blob,
    limits: { maxPixels: number; maxSide: number },
    signal: AbortSignal,
  ): Promise<{ picture: Blob } | RefusedPicture>;
}
