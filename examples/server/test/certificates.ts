import { generate } from 'selfsigned';

export interface Certificate {
  key: string;
  cert: string;
}

const day = 86_400_000;

/** Signed by itself, for `localhost` and 127.0.0.1. */
export const selfSigned = async ({ isExpired = false } = {}): Promise<Certificate> => {
  const until = Date.now() + (isExpired ? -day : day);
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    notBeforeDate: new Date(until - 10 * day),
    notAfterDate: new Date(until),
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { key, cert };
};
