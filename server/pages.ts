import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router, type Response } from 'express';

/**
 * The screens as the build left them in `folder`: `/` is home/, every other one has its own name (for phone/ see
 * ticket-page.ts). Files in assets/ carry their content's hash in their names, so browsers keep them; pages are asked for anew.
 */
export function pages(folder: string): Router {
  const router = Router();
  const page = (name: string) => (_request: unknown, response: Response) => {
    const file = join(folder, name, 'index.html');
    if (!existsSync(file))
      return void response.status(503).type('text').send('The screens are not built: run `npm run build`.\n');
    response.set('Cache-Control', 'no-cache').sendFile(file);
  };

  router.get('/', page('home'));
  router.get(['/feedback/case/:number', '/feedback/item/:number'], page('feedback'));
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), { immutable: true, maxAge: '365d', index: false, fallthrough: true }),
  );
  router.use(
    express.static(folder, {
      // Else a change of the screens is not seen for a day.
      setHeaders: (response) => void response.setHeader('Cache-Control', 'no-cache'),
    }),
  );
  return router;
}
