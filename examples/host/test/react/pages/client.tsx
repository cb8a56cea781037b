import { hydrateRoot } from 'react-dom/client';
import { KeyPage } from './key-page.js';
import { TokenPage } from './token-page.js';

const root = document.querySelector('#root');
if (!root) throw new Error('The page has no #root.');
hydrateRoot(root, location.pathname.includes('/token/') ? <TokenPage /> : <KeyPage />);
