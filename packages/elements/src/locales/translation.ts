import type { CountedId, Given, MessageId, Noun, NounPlaceholder, PlaceholdersIn } from './localizer.js';

type Category = 'zero' | 'one' | 'two' | 'few' | 'many';

/** Every language has these; which other plural categories it has, each knows for itself. */
type NeededId = Exclude<MessageId, `${CountedId<MessageId>}.${Category}`>;

/** The id in English whose placeholders a key has to have. */
type ModelOf<Key> = Key extends `${infer Id}@${Noun}`
  ? ModelOf<Id>
  : Key extends NeededId
    ? Key
    : Key extends `${infer Stem}.${Category}`
      ? Extract<`${Stem}.other`, NeededId>
      : never;

/** Placeholders that a translation has to have: the label of a field stands above its error already. */
type Needed<Model extends MessageId> = Exclude<Given<Model>, 'field'>;

/** The text, if it has the placeholders of its model; else what it lacks, or `never` where it has one too many. */
type Checked<Model extends MessageId, Text> = [Needed<Model>] extends [PlaceholdersIn<Text>]
  ? [Exclude<PlaceholdersIn<Text>, NounPlaceholder>] extends [Given<Model>]
    ? Text
    : never
  : `…{${Exclude<Needed<Model>, PlaceholdersIn<Text>>}}…`;

/**
 * A language: every text once, with the placeholders that it has in English, and nothing else. The noun, in any form,
 * and a field's label may be left out; where a sentence differs by the noun's gender, `id@apiToken` is the one for tokens.
 */
export type Translation<Texts> = {
  readonly [Key in NeededId | keyof Texts]: [ModelOf<Key>] extends [never]
    ? never
    : Key extends keyof Texts
      ? Checked<ModelOf<Key>, Texts[Key]>
      : string;
};
