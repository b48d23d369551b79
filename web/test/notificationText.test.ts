import { expect, test } from 'vitest';
import { notificationLine, notificationText } from '../src/chat/notificationText';

test.each([
  ['title and body', { title: 'Paid', body: 'Thank you' }, { title: 'Paid', body: 'Thank you', href: undefined }],
  ['message', { message: 'hello' }, { title: undefined, body: 'hello', href: undefined }],
  ['text, where body is empty', { body: ' ', text: 'hello' }, { title: undefined, body: 'hello', href: undefined }],
  ['an address', { title: 'a', url: 'https://example.org/x' }, { title: 'a', body: undefined, href: 'https://example.org/x' }],
  ['no address but http and https', { title: 'a', url: 'javascript:alert(1)' }, { title: 'a', body: undefined, href: undefined }],
  ['nothing known', { score: 3, url: 'data:text/html,x' }, { title: undefined, body: '{"score":3,"url":"data:text/html,x"}', href: undefined }],
  ['fields of another type', { title: 7 }, { title: undefined, body: '{"title":7}', href: undefined }],
  ['nothing', {}, { title: undefined, body: '{}', href: undefined }],
])('shows %s', (_, data, expected) => {
  expect(notificationText(data)).toEqual(expected);
});

test('cuts what is too long to be read', () => {
  expect(notificationText({ blob: 'x'.repeat(5_000) }).body).toHaveLength(1_001);
});

test('says one line of it', () => {
  expect(notificationLine({ title: 'Paid', body: 'Thank you' })).toBe('Paid');
  expect(notificationLine({ text: 'hello' })).toBe('hello');
});
