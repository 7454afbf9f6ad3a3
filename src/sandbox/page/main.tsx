import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import './styles/page.css';
import './styles/strip.css';
import './styles/sidebar.css';
import './styles/side.css';
import './styles/message.css';
import './styles/menu.css';
import './styles/composer.css';
import './styles/slack.css';
import './styles/teams.css';
import './styles/dialog.css';
import './styles/belonging.css';
import './styles/clock.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
