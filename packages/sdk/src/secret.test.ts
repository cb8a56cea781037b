import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from './index.js';

describe('a secret', () => {
  const secret = () => new Secret('canary');

  it('reveal() returns the value', () => {
    expect(secret().reveal()).toBe('canary');
  });

  it.each<[string, (secret: Secret) => string]>([
    ['JSON', (secret) => JSON.stringify({ secret })],
    ['String()', (secret) => String(secret)],
    ['joining', (secret) => ['the secret:', secret].join(' ')],
    ["Node's inspection", (secret) => inspect({ secret }, { depth: 9, showHidden: true })],
  ])('%s gives [redacted]', (_, print) => {
    expect(print(secret())).toContain('[redacted]');
    expect(print(secret())).not.toContain('canary');
  });

  it('has no enumerable members, and cannot be cloned', () => {
    expect(Reflect.ownKeys(secret())).toEqual([]);
    expect({ ...secret() }).toEqual({});
    expect(Reflect.ownKeys(structuredClone(secret()))).toEqual([]);
  });

  it('dispose() removes the value', () => {
    const disposed = secret();
    disposed.dispose();
    disposed.dispose();
    expect(() => disposed.reveal()).toThrow(TypeError);
    expect(String(disposed)).toBe('[redacted]');
  });
});
