import { describe, expect, it } from 'vitest';
import { fullName } from './full-name.js';

describe('the full name', () => {
  it.each([
    ['of Latin letters is given name first, for readers of every script', 'Ana', 'Silva', 'ja', 'Ana Silva'],
    ['in Japanese characters is family name first, for every reader', '太郎', '山田', 'en', '山田太郎'],
    ['in Japanese characters is family name first for Japanese readers', '太郎', '山田', 'ja', '山田太郎'],
    ['in hiragana is family name first', 'はなこ', 'さとう', 'ja', 'さとうはなこ'],
    ['with a given name in katakana is family name first', 'エミリー', '佐々木', 'ja', '佐々木エミリー'],
    ['in katakana alone, as of a foreigner, is given name first', 'アナ', 'シルバ', 'ja', 'アナ シルバ'],
    ['in Chinese characters is family name first', '小明', '王', 'pt-BR', '王小明'],
    ['in Hangul is family name first', '민수', '김', 'ko', '김민수'],
    ['in two scripts is given name first', 'Emily', '山田', 'ja', 'Emily 山田'],
    ['is family name first for Hungarian readers', 'Péter', 'Nagy', 'hu', 'Nagy Péter'],
    ['is family name first for Vietnamese readers', 'Văn An', 'Nguyễn', 'vi-VN', 'Nguyễn Văn An'],
    ['with an empty family name is the given name', '太郎', '', 'ja', '太郎'],
    ['with an empty given name is the family name', '', 'Silva', 'es', 'Silva'],
    ['of nothing is empty', '', '', 'en', ''],
    ['has no white space around it', ' 太郎 ', '山田 ', 'ja', '山田太郎'],
  ])('%s', (_, firstName, lastName, locale, expected) => {
    expect(fullName({ firstName, lastName }, locale)).toBe(expected);
  });

  it('without a known language: ordered by its script alone', () => {
    expect(fullName({ firstName: '太郎', lastName: '山田' })).toBe('山田太郎');
    expect(fullName({ firstName: 'Péter', lastName: 'Nagy' })).toBe('Péter Nagy');
  });
});
