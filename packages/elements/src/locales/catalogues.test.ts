import { expect } from '@open-wc/testing';
import { english } from '../../test/english.js';
import { apiKeys } from './en/api-keys.js';
import es from './es.js';
import ja from './ja.js';
import { type Catalogue, Localizer } from './localizer.js';
import ptBR from './pt-BR.js';
import type { Translation } from './translation.js';

const en: Catalogue = english;
const translations: Record<string, Catalogue> = { 'pt-BR': ptBR, es, ja };

/** Texts that are the same in these languages as in English. */
const alike: Record<string, readonly string[]> = {
  'pt-BR': [
    'listed',
    'range',
    'activity.key',
    'avatar.label',
    'owner.named',
    'profile.email',
    'apiKey.label',
    'apiKey.preset',
    'section.api-keys',
    'section.api-key',
  ],
  es: [
    'listed',
    'range',
    'activity.key',
    'avatar.label',
    'owner.named',
    'apiKey.label',
    'apiKey.preset',
    'section.api-keys',
    'section.api-key',
  ],
  ja: ['apiKey.label', 'section.api-keys', 'section.api-key'],
};

const pluralCategory = /\.(zero|one|two|few|many|other)$/;
/** Those of counted texts, which another language may have more or fewer of. */
const counted = Object.keys(en)
  .filter((id) => id.endsWith('.other'))
  .map((id) => id.replace(pluralCategory, ''));
const isCounted = (id: string) => pluralCategory.test(id) && counted.includes(id.replace(pluralCategory, ''));

const modelOf = (id: string): string => {
  const [base = ''] = id.split('@');
  return isCounted(base) ? base.replace(pluralCategory, '.other') : base;
};

/** Those that every language has to have: the noun and the label of a field may be left out. */
const placeholdersOf = (text = '') =>
  [...text.matchAll(/\{(\w+)\}/g)]
    .map(([, name]) => name)
    .filter((name) => !/^(nouns?|field)$/i.test(name ?? ''))
    .sort();

const categoriesOf = (locale: string) =>
  new Intl.PluralRules(locale).resolvedOptions().pluralCategories.filter((category) => category !== 'many');

// An invalid catalogue is a type error.
const lacking = { cancel: 'Cancelar' } as const;
// @ts-expect-error -- lacks ids
lacking satisfies Translation<typeof lacking>;
const surplus = { ...es, unheardOf: 'x' } as const;
// @ts-expect-error -- has an id too many
surplus satisfies Translation<typeof surplus>;
const misspelt = { ...es, 'apiKey.owner': 'Para {ownr}' } as const;
// @ts-expect-error -- has another placeholder
misspelt satisfies Translation<typeof misspelt>;
const overfull = { ...es, 'apiKey.ownOwner': 'Para {owner}' } as const;
// @ts-expect-error -- has a placeholder too many
overfull satisfies Translation<typeof overfull>;

for (const [locale, catalogue] of Object.entries(translations)) {
  describe(`The texts in ${locale}`, () => {
    it('are complete, without unknown ids', () => {
      const wanted = Object.keys(en).filter((id) => !isCounted(id));
      const there = Object.keys(catalogue).filter((id) => !isCounted(id) && !id.includes('@'));
      expect(there.sort()).to.deep.equal(wanted.sort());
    });

    it('have every plural category of the language, and no other', () => {
      for (const id of counted) {
        const there = Object.keys(catalogue).filter((key) => key.replace(pluralCategory, '') === id);
        expect(there.sort()).to.deep.equal(
          categoriesOf(locale)
            .map((category) => `${id}.${category}`)
            .sort(),
        );
      }
    });

    it('have the placeholders of English', () => {
      for (const [id, text] of Object.entries(catalogue)) {
        expect({ id, placeholders: placeholdersOf(text) }).to.deep.equal({
          id,
          placeholders: placeholdersOf(en[modelOf(id)]),
        });
      }
    });

    it('differ from English, except for listed ones', () => {
      const same = Object.entries(catalogue)
        .filter(([id, text]) => text === en[id])
        .map(([id]) => id);
      expect(same.sort()).to.deep.equal([...(alike[locale] ?? [])].sort());
    });

    it('end like the English text: as a sentence, a question, or a label', () => {
      const ends: [RegExp, RegExp][] = [
        [/\.$/, /[.。]$/],
        [/\?$/, /[?？]$/],
        [/…$/, /…$/],
      ];
      const endOf = (text: string, side: 0 | 1) => ends.findIndex((pair) => pair[side].test(text));
      for (const [id, text = ''] of Object.entries(catalogue)) {
        expect({ id, end: endOf(text, 1) }).to.deep.equal({ id, end: endOf(en[modelOf(id)] ?? '', 0) });
      }
    });

    it('use one kind of quotation marks', () => {
      const marks = Object.values(catalogue)
        .join('')
        .match(/[«»„‚‹›"“”「」『』]/g);
      expect([...new Set(marks)].sort()).to.deep.equal(locale === 'ja' ? ['「', '」'] : ['“', '”']);
    });

    it('have a form for tokens where they have one for keys alone', () => {
      const texts = new Localizer<keyof typeof english>({
        locale,
        texts: english,
        translation: catalogue,
        noun: 'apiToken',
      });
      // Every placeholder that any of them has.
      const values = {
        owner: 'Acme',
        q: 'x',
        name: 'n',
        organization: 'Acme',
        when: 'w',
        status: 's',
        origin: 'o',
        count: 2,
        done: 1,
        total: 2,
      };
      for (const id of Object.keys(apiKeys)) {
        const text = texts.text(id as 'apiKeys.title', values);
        expect(text.toLowerCase()).not.to.include(catalogue['noun.apiKey']?.toLowerCase());
        expect(text).not.to.match(/[{}]/);
      }
      expect(texts.text('apiKey.label')).to.equal(locale === 'ja' ? 'APIトークン' : 'Token de API');
    });
  });
}

describe('Spanish', () => {
  it('speaks to “usted”: no sentence begins with an infinitive, and none says “tú”', () => {
    for (const [id, text] of Object.entries<string>(es)) {
      if (!text.endsWith('.')) continue;
      for (const sentence of text.split(/(?<=[.:;?]) /))
        expect(`${id}: ${sentence}`).not.to.match(/: [A-ZÁÉÍÓÚ]\w*[aei]r(l[oae]s?)?\b/);
      expect(`${id}: ${text}`).not.to.match(/\b(tu|tus|te|tú|puedes|has|vos)\b/i);
    }
  });
});

describe('Japanese', () => {
  it('sets a name or an address of the data apart by a space, except in quotation marks and before さん', () => {
    const beside = /[\p{scx=Hira}\p{scx=Kana}\p{scx=Han}]/u;
    const named = /(.?)\{(?:organization|owner|name|provider|url|header|origin|address|example|types)\}(さん)?(.?)/gu;
    const touching = Object.entries<string>(ja).filter(([, text]) =>
      [...text.matchAll(named)].some(
        ([, before = '', san, after = '']) =>
          (/[\p{L}]/u.test(before) && beside.test(before)) || (!san && /[\p{L}]/u.test(after) && beside.test(after)),
      ),
    );
    expect(touching).to.deep.equal([]);
  });

  it('says 取り消す of a revocation, as 失効 is no transitive verb', () => {
    expect(Object.entries<string>(ja).filter(([, text]) => text.includes('失効'))).to.deep.equal([]);
  });
});

describe('The owner of a list', () => {
  const titleIn = (locale: string) =>
    new Localizer({ locale, texts: english, translation: translations[locale] }).text('apiKeys.title', {
      owner: 'Acme',
    });

  it('is named without an article, which some names need and others do not', () => {
    expect(titleIn('pt-BR')).to.equal('Chaves de API – Acme');
    expect(titleIn('es')).to.equal('Claves de API de Acme');
    expect(titleIn('ja')).to.equal('Acme のAPIキー');
  });
});

describe('“Never”', () => {
  it('has a word of its own for use and for expiry where a language has two', () => {
    expect([ja.neverUsed, ja.neverExpires]).to.deep.equal(['未使用', '無期限']);
  });
});

describe('A noun of the host’s own', () => {
  it('needs no article in English, which would be “a” before some nouns and “an” before others', () => {
    const withArticle = Object.entries(en).filter(([, text = '']) => /\ban? (?:\w+ )?\{nouns?\}/i.test(text));
    expect(withArticle).to.deep.equal([]);
  });

  for (const locale of ['es', 'pt-BR']) {
    it(`has the determiners of its gender in ${locale}`, () => {
      const feminine = /(?<!\p{L})(?:l|un|est|ningun|nenhum|nuev|nov|minh|su|d|n|dest)?as? \{nouns?\}/iu;
      const catalogue = translations[locale] ?? {};
      const withoutForm = Object.entries(catalogue).filter(
        ([id, text = '']) => !id.includes('@') && feminine.test(text) && catalogue[`${id}@apiToken`] === undefined,
      );
      expect(withoutForm).to.deep.equal([]);
      const wrong = Object.entries(catalogue).filter(
        ([id, text = '']) => id.endsWith('@apiToken') && feminine.test(text),
      );
      expect(wrong).to.deep.equal([]);
    });
  }

  const own = (locale: string, noun: 'apiKey' | 'apiToken', word: string) =>
    new Localizer({
      locale,
      texts: english,
      translation: translations[locale],
      messages: { [`noun.${noun}`]: word, [`noun.${noun}.plural`]: `${word}s` },
      noun,
    });

  it('stands in sentences of the gender that the policy’s noun has', () => {
    expect(own('es', 'apiToken', 'código').text('problem.limit.advice')).to.equal('Elimine uno para crear otro.');
    expect(own('es', 'apiKey', 'llave').text('problem.limit.advice')).to.equal('Elimine una para crear otra.');
    expect(own('pt-BR', 'apiToken', 'código').text('apiKeys.ownTitle')).to.equal('Seus códigos');
    expect(own('pt-BR', 'apiKey', 'senha').text('apiKeys.ownTitle')).to.equal('Suas senhas');
  });

  it('has a sentence of its own by the id and the noun', () => {
    const messages = { 'problem.limit.advice@apiToken': 'Elimine una.' };
    const localizer = new Localizer({ locale: 'es', texts: english, translation: es, messages, noun: 'apiToken' });
    expect(localizer.text('problem.limit.advice')).to.equal('Elimine una.');
  });
});

describe('A count', () => {
  it('takes the form of its language', () => {
    const days = (locale: string, count: number) =>
      new Localizer({ locale, texts: english, translation: translations[locale] }).counted('apiKey.days', count);
    expect([days('en', 1), days('en', 2)]).to.deep.equal(['1 day', '2 days']);
    expect([days('pt-BR', 0), days('pt-BR', 2), days('pt-BR', 1_000_000)]).to.deep.equal([
      '0 dia',
      '2 dias',
      '1.000.000 dias',
    ]);
    expect([days('es', 1), days('es', 90)]).to.deep.equal(['1 día', '90 días']);
    expect(days('ja', 1)).to.equal('1日');
  });

  it('of one key to revoke takes the singular, of the noun’s gender', () => {
    const consequence = (locale: string, noun: 'apiKey' | 'apiToken') =>
      new Localizer({ locale, texts: english, translation: translations[locale], noun })
        .counted('apiKeys.bulk.consequence', 1)
        .split('.')[0];
    expect(consequence('en', 'apiKey')).to.equal('This API key stops working immediately');
    expect(consequence('pt-BR', 'apiKey')).to.equal('Esta chave de API deixa de funcionar imediatamente');
    expect(consequence('es', 'apiToken')).to.equal('Este token de API deja de funcionar de inmediato');
  });
});
