import express, { Router } from 'express';
import { MEDIA_KINDS } from '../../config/display.schema.ts';

/**
 * What a page or a drawing of the playlist may do, whoever made it: show itself, with its own pictures and styles. No script, no
 * request, no form, no frame in it, and no access to the screen around it.
 */
const POLICY = [
  'sandbox',
  "default-src 'none'",
  "img-src 'self' data:",
  "media-src 'self'",
  "font-src 'self' data:",
  "style-src 'unsafe-inline'",
  "frame-ancestors 'self'",
].join('; ');

/** The kinds of the playlist, and captions of films. */
const SERVED = new RegExp(`^(?:/[\\w-]+)+\\.(?:${Object.keys(MEDIA_KINDS).join('|')}|vtt)$`);

/** The playlist of the displays, from one folder. Public, as what hangs in a hall is; other kinds of files are not there. */
export function content(folder: string): Router {
  const router = Router();
  router.use((request, response, next) => {
    if (!SERVED.test(request.path)) return next('router');
    response.set('Content-Security-Policy', POLICY).set('X-Content-Type-Options', 'nosniff');
    next();
  });
  router.use(express.static(folder, { index: false, redirect: false, dotfiles: 'ignore', maxAge: '5m' }));
  return router;
}
