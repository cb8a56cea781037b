/** Characters that by themselves show nothing: spaces, controls, marks without a letter, fillers. */
const hasVisible = /[^\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether there is nothing to see in a text, however long it is. */
export const isBlank = (text: string): boolean => !hasVisible.test(text);
