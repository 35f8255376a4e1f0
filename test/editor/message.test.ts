// Trailers in commit messages: put in, replaced, taken out.

import assert from 'node:assert/strict';
import { withTrailers } from '../../src/editor/check/message';

const TAG = 'Price-Tag: Net 26.8 M params (+4.7 %)';
const check = (message: string, trailers: readonly string[], expected: string) => {
  const once = withTrailers(message, 'Price-Tag', trailers);
  assert.equal(once, expected);
  assert.equal(withTrailers(once, 'Price-Tag', trailers), expected, 'a second time changes nothing');
};

describe('trailers of a commit message', () => {
  it('leave room for the subject of an empty message', () => check('', [TAG], `\n\n${TAG}`));
  it('follow a subject', () => check('Widen the net', [TAG], `Widen the net\n\n${TAG}`));
  it('are not taken for a subject of the form “area: what”', () =>
    check('net: widen it', [TAG], `net: widen it\n\n${TAG}`));
  it('follow a body', () =>
    check('Widen the net\n\nIt was\nnarrow.\n', [TAG], `Widen the net\n\nIt was\nnarrow.\n\n${TAG}`));
  it('stand with other trailers', () =>
    check('Widen\n\nSigned-off-by: A <a@b.c>', [TAG], `Widen\n\nSigned-off-by: A <a@b.c>\n${TAG}`));
  it('replace those that are there', () =>
    check('Widen\n\nPrice-Tag: Net 1 M params\nprice-tag: Old 2\n', [TAG], `Widen\n\n${TAG}`));
  it('go away when nothing has changed', () => check(`Widen\n\nBody.\n\n${TAG}`, [], 'Widen\n\nBody.'));
  it('keep the length of lines and what stands in them', () =>
    check('Widen\r\n\r\nBody.', [TAG, 'Price-Tag: B'], `Widen\n\nBody.\n\n${TAG}\nPrice-Tag: B`));
});
