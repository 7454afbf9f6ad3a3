import { expect, it } from 'vitest';
import { numberActions } from './teams-actions.js';

it('numbers buttons in reading order, and nothing inside what they send', () => {
  const button = (title: string) => ({ type: 'Action.Execute', title, id: 'x', data: { type: 'Action.Submit' } });
  const numbered = numberActions({
    type: 'AdaptiveCard',
    refresh: { action: button('refresh') },
    body: [{ type: 'ActionSet', actions: [button('a')] }],
    actions: [button('b')],
  });
  expect(numbered).toMatchObject({
    refresh: { action: { id: 'x' } },
    body: [{ actions: [{ title: 'a', id: '0', data: { type: 'Action.Submit' } }] }],
    actions: [{ title: 'b', id: '1' }],
  });
});
