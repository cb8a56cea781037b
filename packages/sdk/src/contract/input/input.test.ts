import { describe, expect, it } from 'vitest';
import { credentialErrorCode, isBlank, readEmail, reduceAddress, trimEdges, visibleText } from './index.js';

const everyCodePoint = (matches: RegExp): string[] =>
  Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code)).filter((character) =>
    matches.test(character),
  );

const spaces = everyCodePoint(/^[\p{White_Space}\u2800]$/u);
const invisible = everyCodePoint(/^\p{Default_Ignorable_Code_Point}$/u);
const bidiControls = everyCodePoint(/^[\u202A-\u202E\u2066-\u2069]$/u);
const hex = (character: string) => `U+${character.codePointAt(0)?.toString(16)}`;

describe('trimEdges', () => {
  it('every white space and every invisible character at the edges: removed, and the text between is kept', () => {
    for (const character of [...spaces, ...invisible, '\r\n', '\u0000', '\u007f'])
      expect(trimEdges(`${character}a b${character}`), hex(character)).toBe('a b');
  });

  it('every other character at the edges: kept', () => {
    const visibleCharacters = everyCodePoint(/^[^\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]$/u);
    expect(visibleCharacters.filter((character) => trimEdges(character) !== character).map(hex)).toEqual([]);
  });

  it('a text of nothing else: empty', () => {
    expect(trimEdges(spaces.concat(invisible.slice(0, 500)).join(''))).toBe('');
  });

  it('a text too long to be any input: left as it is, to be refused for its length', () => {
    const long = ' '.repeat(5000);
    expect(trimEdges(long)).toBe(long);
    expect(visibleText(long)).toBe(long);
  });
});

describe('credentialErrorCode', () => {
  it.each([
    ['"abc"', 'quoted'],
    ["'abc'", 'quoted'],
    ['`abc`', 'quoted'],
    ['“abc”', 'quoted'],
    ['‘abc’', 'quoted'],
    ['«abc»', 'quoted'],
    ['„abc“', 'quoted'],
    ['"abc', 'quoted'],
    ['<abc>', 'quoted'],
    ['Bearer abc', 'scheme'],
    ['bearer\tabc', 'scheme'],
    ['BASIC abc', 'scheme'],
    ['Token\u00a0abc', 'scheme'],
    ['Authorization: Bearer abc', 'labelled'],
    ['authorization:Bearer abc', 'labelled'],
    ['X-API-KEY: abc', 'labelled'],
    ['x-api-key:abc', 'labelled'],
    ['Bearer:abc', 'labelled'],
    ['API_KEY=abc', 'labelled'],
    ['export COCKPIT_TOKEN="abc"', 'labelled'],
    ['apiKey: abc', 'labelled'],
    ['{"apiKey":"abc"}', 'labelled'],
    ["{'token':'abc'}", 'labelled'],
    ['••••••••1234', 'masked'],
    ['abcd****wxyz', 'masked'],
    ['abcd…wxyz', 'masked'],
    ['abcd...wxyz', 'masked'],
    ['[redacted]', 'masked'],
    ['ab cd', 'white_space'],
    ['ab\u00a0cd', 'white_space'],
    ['ab\u3000cd', 'white_space'],
    ['ab\ncd', 'white_space'],
    ['ab\u200bcd', 'invisible'],
    ['ab\u00adcd', 'invisible'],
    ['ab\u2060cd', 'invisible'],
    ['ab\u200fcd', 'invisible'],
    ['ab\ufe0fcd', 'invisible'],
    ['ab\u{e0041}cd', 'invisible'],
    ['ab\u0000cd', 'invisible'],
    ['\u0430bcd', 'not_ascii'],
    ['abc\u00e9', 'not_ascii'],
    ['\uff41bc', 'not_ascii'],
    ['abc🔑', 'not_ascii'],
  ])('%j: %s', (text, fault) => {
    expect(credentialErrorCode(text)).toBe(fault);
  });

  it.each([
    'abc',
    '',
    'ATATT3xFfGF0abc-_def=1A2B3C4D',
    'ghp_0123456789abcdefghijABCDEFGHIJ012345',
    'QUJDREVGR0g=',
    'JBSWY3DPEHPK3PXP====',
    'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln',
    'Endpoint=x;SharedAccessKey=abc=',
    'user:password',
    'token',
    'a*b.c!d~e|f^g',
  ])('a value of visible ASCII: accepted: %j', (text) => {
    expect(credentialErrorCode(text)).toBeUndefined();
  });

  it('every character outside visible ASCII in the middle: refused', () => {
    const others = everyCodePoint(/^[^\x21-\x7e]$/u);
    expect(others.filter((character) => credentialErrorCode(`ab${character}cd`) === undefined).map(hex)).toEqual([]);
  });
});

describe('visibleText', () => {
  it('every default-ignorable character between Latin letters: removed; those that override direction stay, to be refused', () => {
    for (const character of invisible)
      expect(visibleText(`a${character}b`), hex(character)).toBe(
        bidiControls.includes(character) ? `a${character}b` : 'ab',
      );
  });

  it('every default-ignorable or white space character alone: empty, or blank where it is refused', () => {
    for (const character of [...spaces, ...invisible])
      expect(isBlank(visibleText(character.repeat(3))), hex(character)).toBe(true);
  });

  it('a control character: kept, to be refused', () => {
    expect(visibleText('a\u0000b')).toBe('a\u0000b');
    expect(visibleText('\u0007')).toBe('\u0007');
  });

  it.each([
    '👩‍👩‍👧',
    '👨🏽‍⚕️',
    '❤️',
    '❤️‍🔥',
    '☎︎',
    '🏳️‍🌈',
    '🏴‍☠️',
    '1️⃣',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    'نامه‌ای',
    'می‌خواهم',
    'क्‍ष',
    'ශ්‍රී',
    'র‍্যাব',
    '葛󠄀城',
    'ᠠ᠋ᠠ',
    'ᠨᠠ\u180eᠠ',
    'അനില്\u200d',
    'സുനില്\u200d കുമാര്\u200d',
    'হঠাত্\u200d',
    '۱۴۰۵ ه\u200d.ش',
    'ꦲ꧀\u200cꦲ',
    '神\ufe00',
  ])('an emoji sequence, joiner or selector that changes what is seen: kept: %s', (text) => {
    expect(visibleText(` ${text} `)).toBe(text.normalize('NFC'));
  });

  it.each([
    ['a\u200db', 'ab'],
    ['👩\u200d', '👩'],
    ['\u200d👩', '👩'],
    ['👩\u200d\u200d👧', '👩👧'],
    ['❤\ufe0f\ufe0f', '❤\ufe0f'],
    ['1\ufe0f', '1'],
    ['نام\u200c', 'نام'],
    ['ن\u200ca', 'نa'],
    ['x\u{e0067}\u{e0062}\u{e007f}', 'x'],
    ['a\u{e0100}', 'a'],
    ['e\u0301', '\u00e9'],
    ['a\u2800', 'a'],
    ['سارا\u200d', 'سارا'],
    ['a\ufff9b\ufffbc', 'abc'],
  ])('the same where it changes nothing: removed: %j', (text, kept) => {
    expect(visibleText(text)).toBe(kept);
  });

  it('applied twice: the same', () => {
    for (const character of [...spaces, ...invisible])
      for (const text of [`👩${character}‍👧`, `ن${character}‌ا`, ` ${character} a`]) {
        const once = visibleText(text);
        expect(visibleText(once), `${hex(character)} in ${text}`).toBe(once);
      }
  });
});

describe('isBlank', () => {
  it.each(['', ' ', '\u200b', '\u00ad', '\u3164', '\u115f', '\uffa0', '\u2800', '\u0301', '\ufe0f', '\u{e0041}', '\n'])(
    'nothing to see: %j',
    (text) => {
      expect(isBlank(text)).toBe(true);
    },
  );

  it.each(['a', '0', '.', '名', '👩‍👩‍👧', '\ue000', '\u0301a'])('something to see: %j', (text) => {
    expect(isBlank(text)).toBe(false);
  });
});

describe('readEmail', () => {
  it.each([
    ['ana@acme.example', 'ana@acme.example', 'ana@acme.example'],
    ['ana@müller.de', 'ana@müller.de', 'ana@xn--mller-kva.de'],
    ['Ana@MÜLLER.de', 'Ana@müller.de', 'Ana@xn--mller-kva.de'],
    ['ana@mu\u0308ller.de', 'ana@müller.de', 'ana@xn--mller-kva.de'],
    ['ana@xn--mller-kva.de', 'ana@xn--mller-kva.de', 'ana@xn--mller-kva.de'],
    ['josé@exemplo.com', 'josé@exemplo.com', 'josé@exemplo.com'],
    ['a&b@example.com', 'a&b@example.com', 'a&b@example.com'],
    ["o'neil+x/y=z@example.com", "o'neil+x/y=z@example.com", "o'neil+x/y=z@example.com"],
    ['用户@例子.中国', '用户@例子.中国', '用户@xn--fsqu00a.xn--fiqs8s'],
    ['ana@ＡＣＭＥ.example', 'ana@acme.example', 'ana@acme.example'],
    ['\ufeff ana@acme.example\u200b\r\n', 'ana@acme.example', 'ana@acme.example'],
    [`${'x'.repeat(64)}@acme.example`, `${'x'.repeat(64)}@acme.example`, `${'x'.repeat(64)}@acme.example`],
  ])('%j: kept as %s, sent as %s', (text, address, ascii) => {
    expect(readEmail(text)).toEqual({ address, ascii });
  });

  it.each([
    '',
    'ana',
    'ana@',
    '@acme.example',
    'ana@acme',
    'ana@localhost',
    'ana@127.0.0.1',
    'ana@[127.0.0.1]',
    'ana@acme.1',
    'ana@acme..example',
    'ana@-acme.example',
    'ana@acme.example.',
    'ana@acme.example/x',
    'ana@acme.example:25',
    'ana@a%62.example',
    '.ana@acme.example',
    'ana.@acme.example',
    'a..b@acme.example',
    'a b@acme.example',
    'a,b@acme.example',
    'a@b@acme.example',
    '"a b"@acme.example',
    'Ana <ana@acme.example>',
    'ana\u200bb@acme.example',
    'ana\u202eb@acme.example',
    'ana\u00a0b@acme.example',
    'ana\nb@acme.example',
    'ana@ac\u200bme.example\u0000',
    `${'x'.repeat(65)}@acme.example`,
    `${'é'.repeat(33)}@acme.example`,
    `ana@${'x'.repeat(64)}.example`,
    `ana@${'x.'.repeat(130)}example`,
    `${'a.'.repeat(30)}!`,
    'a'.repeat(100_000),
  ])('no address: %j', (text) => {
    expect(readEmail(text)).toBeNull();
  });
});

describe('reduceAddress', () => {
  const host = { kind: 'host' };
  const origin = { kind: 'url' };
  const base = { kind: 'url', path: true, pages: ['browse', 'secure'] };
  const part = {
    kind: 'text',
    addresses: [{ from: 'https://dev.azure.com/{}' }, { from: 'https://{}.visualstudio.com', except: ['app', 'www'] }],
  };
  const server = { kind: 'url', addresses: [{ from: 'https://{}.github.com', to: 'https://github.com' }] };

  it.each([
    [host, 'acme.atlassian.net', 'acme.atlassian.net'],
    [host, 'https://acme.atlassian.net/jira/your-work', 'acme.atlassian.net'],
    [host, 'http://acme.atlassian.net/', 'acme.atlassian.net'],
    [host, '//acme.atlassian.net', 'acme.atlassian.net'],
    [host, 'HTTPS://ACME.Atlassian.NET./x?y#z', 'acme.atlassian.net'],
    [host, 'acme.atlassian.net:443', 'acme.atlassian.net'],
    [host, '\u200b\ufeff acme.atlassian.net\u00a0', 'acme.atlassian.net'],
    [host, 'acme.\u00adatlassian.net', 'acme.atlassian.net'],
    [host, '<https://acme.atlassian.net/x>', 'acme.atlassian.net'],
    [host, '[Acme](https://acme.atlassian.net/x)', 'acme.atlassian.net'],
    [host, '"https://acme.atlassian.net"', 'acme.atlassian.net'],
    [host, 'https://acme.atlassian.net.', 'acme.atlassian.net'],
    [host, 'https://acme.atlassian.net?atlOrigin=x&to=a@evil.example', 'acme.atlassian.net'],
    [part, 'https://fabrikam.visualstudio.com?x=y', 'fabrikam'],
    [host, `https://acme.atlassian.net/issues?jql=${'x'.repeat(2000)}`, 'acme.atlassian.net'],
    [host, 'https://acme.atlassian.net/wiki/Ação', 'acme.atlassian.net'],
    [origin, 'https://ghes.example/api/v3', 'https://ghes.example'],
    [origin, 'ghes.example', 'https://ghes.example'],
    [base, 'https://jira.example/jira/browse/X-1', 'https://jira.example/jira'],
    [base, 'https://jira.example/secure/Dashboard.jspa', 'https://jira.example'],
    [base, 'https://jira.example:8443/a/b/', 'https://jira.example:8443/a/b'],
    [part, 'fabrikam', 'fabrikam'],
    [part, 'https://dev.azure.com/fabrikam/Project', 'fabrikam'],
    [part, 'https://dev.azure.com/fabrikam', 'fabrikam'],
    [part, 'fabrikam.visualstudio.com', 'fabrikam'],
    [part, 'https://acme@dev.azure.com/fabrikam/_git/x', 'fabrikam'],
    [part, 'https://fabrikam@fabrikam.visualstudio.com/DefaultCollection/_git/x', 'fabrikam'],
    [part, 'git@dev.azure.com:fabrikam/x', 'fabrikam'],
    [part, 'ssh://fabrikam@dev.azure.com:22/fabrikam/x.git', 'fabrikam'],
    [part, 'ssh://dev.azure.com/fabrikam/x', 'fabrikam'],
    [part, 'git://dev.azure.com/fabrikam/x.git', 'fabrikam'],
    [part, 'GIT@DEV.Azure.com:fabrikam/x.git', 'fabrikam'],
    [server, 'git@ghes.example:acme/roadmap.git', 'https://ghes.example'],
    [server, 'ssh://git@ghes.example:2222/acme/roadmap.git', 'https://ghes.example'],
    [server, 'git@ssh.github.com:acme/roadmap.git', 'https://github.com'],
  ])('%j of %s: %s', (field, text, reduced) => {
    expect(reduceAddress(field, text)).toBe(reduced);
    expect(reduceAddress(field, reduced)).toBe(reduced);
  });

  it.each([
    [host, 'https://ana@acme.atlassian.net'],
    [host, 'https://ana:secret@acme.atlassian.net/x'],
    [host, 'https://acme.atlassian.net@evil.example'],
    [host, 'https://evil.example\\@acme.atlassian.net'],
    [host, 'acme.atlassian.net:8443'],
    [host, 'https://\u0430cme.atlassian.net'],
    [host, 'https://acme.atlassian\u3002net'],
    [host, 'https://acme%2eatlassian.net'],
    [host, 'https://[::1]'],
    [host, 'file:///etc/passwd'],
    [host, 'javascript:alert(1)'],
    [host, 'ftp://acme.atlassian.net'],
    [host, 'acme.atlassian.net#.example'],
    [host, 'acme atlassian net'],
    [host, 'https://acme.atlassian.net/a b'],
    [host, 'ac\u202eme.atlassian.net'],
    [host, ''],
    [host, 'x'.repeat(5000)],
    [origin, 'http://ghes.example'],
    [origin, 'https://ghes.example:8443'],
    [part, 'https://dev.azure.com/'],
    [part, 'https://evil.example/fabrikam'],
    [part, 'https://dev.azure.com.evil.example/fabrikam'],
    [part, 'https://a.b.visualstudio.com'],
    [part, 'https://app.visualstudio.com/'],
    [part, 'https://WWW.visualstudio.com/x'],
    [part, 'https://acme:secret@dev.azure.com/fabrikam/_git/x'],
    [part, 'https://dev.azure.com@evil.example/fabrikam'],
    [part, 'dev.azure.com@evil.example:fabrikam/x'],
    [part, 'git@evil.example:fabrikam/x'],
    [part, 'git@dev.azure.com'],
    [part, `${'a.'.repeat(1000)}@`],
    [host, 'git@acme.atlassian.net:x/y.git'],
    [host, 'ssh://acme.atlassian.net/x'],
    [origin, 'git@ghes.example:acme/roadmap.git'],
    [server, 'https://github.com@evil.example/x'],
    [server, 'github.com@evil.example:x/y'],
    [server, 'ssh://github.com@evil.example/x'],
    [server, 'https://ana@ghes.example/acme/roadmap.git'],
  ])('%j of %s: nothing', (field, text) => {
    expect(reduceAddress(field, text)).toBeNull();
  });
});
