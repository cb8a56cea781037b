import { renderToString } from 'react-dom/server';
import { KeyPage } from './key-page.js';
import { TokenPage } from './token-page.js';

export const pages = {
  keys: renderToString(<KeyPage />),
  token: renderToString(<TokenPage />),
};
