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
   */
  redraw(sent: Blob, limits: { maxPixels: number; maxSide: number }): Promise<{ picture: Blob } | RefusedPicture>;
}
