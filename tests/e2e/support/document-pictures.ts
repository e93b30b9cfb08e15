import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { letter } from '../../../server/documents/letter.ts';
import { packDocument } from '../../../server/reviews/pack-document.ts';
import { NAMES, SAMPLE_PACK, sampleLetter } from '../../support/sample-review.ts';

const DOTS_PER_INCH = '80';

/** The monthly pack and a letter, as LibreOffice shows them. Without LibreOffice it says so, and there are no new pictures. */
export async function takeDocumentPictures(folder: string): Promise<void> {
  const missing = ['soffice', 'pdftoppm'].filter((program) => spawnSync('which', [program]).status !== 0);
  if (missing.length > 0) {
    console.log(`No pictures of documents were taken: there is no ${missing.join(', no ')} here.`);
    return;
  }
  const place = mkdtempSync(path.join(tmpdir(), 'lobbyflow-documents-'));
  try {
    for (const language of ['zh-CN', 'en'] as const) {
      const ink = { language, names: NAMES, today: '2026-12-01' };
      picture(`review-pack-${language}`, await packDocument(SAMPLE_PACK, ink));
      picture(`letter-${language}`, await letter(sampleLetter(language)));
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }

  function picture(name: string, document: Buffer): void {
    writeFileSync(path.join(place, `${name}.docx`), document);
    // A profile of its own: one that is in use elsewhere keeps it from converting.
    const own = `-env:UserInstallation=file://${place}/profile`;
    const to = ['--convert-to', 'pdf', '--outdir', place, path.join(place, `${name}.docx`)];
    execFileSync('soffice', [own, '--headless', ...to], { stdio: 'ignore', timeout: 120_000 });
    const first = ['-f', '1', '-l', '1', '-singlefile'];
    const [from, target] = [path.join(place, `${name}.pdf`), path.join(folder, name)];
    execFileSync('pdftoppm', ['-r', DOTS_PER_INCH, ...first, '-png', from, target]);
    console.log(`${folder}/${name}.png`);
  }
}
