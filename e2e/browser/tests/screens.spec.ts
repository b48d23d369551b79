import { Person } from '../support/person.ts';
import { expect, narrow, test, wide } from '../support/test.ts';

test.describe('as people see it', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [width, viewport] of [['1400', wide], ['360', narrow]] as const) {
      test(`at ${width} px, ${colorScheme}`, async ({ server, profile, picture }) => {
        const context = await profile({ colorScheme, viewport });
        const start = await context.newPage();
        await start.goto(server.url);
        await expect(start.getByRole('heading', { name: 'Peal' })).toBeVisible();
        await picture(start, `sign-in-${width}-${colorScheme}`);
        await start.close();

        const bo = await Person.signIn(await profile(), server.url, 'Bo Lindqvist');
        const ann = await Person.signIn(context, server.url, 'Ann Petrov');
        const mira = await Person.signIn(await profile(), server.url, 'Mira');
        await ann.say('Good morning! The bells at St Mary’s rang 5,040 changes of Stedman Triples yesterday.');
        await bo.say('Three hours and four minutes, I hear.');
        await bo.say('Notes are at https://example.org/peals/2026-11-21 (with the band’s names).');
        await mira.say('I was on the fourth. My arms know about it.');
        await ann.say('Respect.');
        await ann.say('A longer one, to see how a paragraph sits: in change ringing every row is a permutation of the bells, no row is repeated, and each bell moves at most one place between one row and the next. That is all there is to it, and people spend their lives on it.');
        await expect(ann.message('I was on the fourth. My arms know about it.')).toBeVisible();
        await bo.composer.pressSequentially('I shall');
        await expect(ann.activity).toContainText('Bo Lindqvist is typing');
        await picture(ann.page, `room-${width}-${colorScheme}`);
      });
    }
  }
});
