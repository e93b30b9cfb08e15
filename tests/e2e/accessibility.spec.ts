import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './support/fixtures.ts';
import { addressOf, DARK, LOCALES, LOOKS } from './support/looks.ts';
import { openPage } from './support/pages.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const ROOMS = [...new Set(LOOKS.map(({ room }) => room))];

for (const room of ROOMS) {
  test(`axe finds nothing on ${room}, in three languages by turns`, async ({ browser, scene }) => {
    test.slow();
    for (const [turn, look] of LOOKS.entries()) {
      if (look.room !== room) continue;
      const locale = LOCALES[turn % LOCALES.length] ?? 'en';
      const page = await openPage(browser, look.size, addressOf(look, scene, locale), look.theme && DARK);
      await look.prepare(page);
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
      const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
      expect.soft(found, `${look.name} in ${locale}`).toEqual([]);
      await page.context().close();
    }
  });
}
