import { createHash } from 'node:crypto';
import { Router } from 'express';
import type { BranchConfig, Locale, Service, Text } from '../domain/config.ts';
import { LOCALES } from '../domain/config.ts';
import type { BranchId } from '../domain/ids.ts';

/**
 * The business guide to take along: `/guide/<branch>/<service>?lang=en`, what the kiosk's code leads to. Public, without a script, a
 * font or a picture: it opens at once on any phone.
 */
export function guidePages(branches: ReadonlyMap<BranchId, { readonly config: BranchConfig }>): Router {
  const router = Router();
  router.get('/guide/:branchId/:serviceId', (request, response, next) => {
    const config = branches.get(request.params.branchId)?.config;
    const service = config?.services.find(({ id }) => id === request.params.serviceId);
    if (config === undefined || service === undefined) return next();
    response
      .set('Content-Security-Policy', `default-src 'none'; style-src 'sha256-${STYLE_DIGEST}'; base-uri 'none'`)
      .set('Cache-Control', 'no-cache')
      .type('html')
      .send(page(config, service, LOCALES.find((known) => known === request.query['lang']) ?? 'zh-CN'));
  });
  return router;
}

interface Words {
  readonly documents: string;
  readonly fees: string;
  readonly minutes: (n: number) => string;
  readonly steps: string;
  readonly hotline: string;
  readonly hours: string;
}

const WORDS: Readonly<Record<Locale, Words>> = {
  'zh-CN': {
    ...{ documents: '请带好', fees: '费用', steps: '办理步骤', hotline: '客服热线', hours: '营业时间' },
    minutes: (n) => `办理约 ${n} 分钟`,
  },
  'zh-TW': {
    ...{ documents: '請攜帶', fees: '費用', steps: '辦理步驟', hotline: '客服專線', hours: '營業時間' },
    minutes: (n) => `辦理約 ${n} 分鐘`,
  },
  en: {
    ...{ documents: 'Please bring', fees: 'Cost', steps: 'How it goes', hotline: 'Hotline', hours: 'Open' },
    minutes: (n) => `Takes about ${n} min`,
  },
};

const STYLE = `
:root{color-scheme:light dark}
body{max-width:40rem;margin:0 auto;padding:1.25rem;font:1.125rem/1.5 system-ui,"PingFang SC","PingFang TC","Noto Sans CJK SC",sans-serif}
header,footer{opacity:.8}
h1{margin:.2em 0;font-size:1.6rem;line-height:1.3}
h2{margin:1.4em 0 .3em;font-size:1.15rem}
ul,ol{margin:0;padding-inline-start:1.3em}
li{margin:.3em 0}
table{width:100%;border-collapse:collapse}
td{padding:.4em 0;border-bottom:1px solid #8886}
td:last-child{text-align:end;white-space:nowrap}
footer{margin-top:2em;border-top:1px solid #8886;padding-top:1em}
`;
const STYLE_DIGEST = createHash('sha256').update(STYLE).digest('base64');

function page({ name, hours, hotline }: BranchConfig, service: Service, locale: Locale): string {
  const words = WORDS[locale];
  const say = (text: Text) => escaped(text[locale]);
  const { documents, fee, fees = [], steps } = service.guide;
  const items = (texts: readonly Text[]) => texts.map((text) => `<li>${say(text)}</li>`).join('');
  const rows = fees.map(({ item, price }) => `<tr><td>${say(item)}</td><td>${say(price)}</td></tr>`).join('');
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say(service.name)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>${say(name)}</header>
<main>
<h1>${say(service.name)}</h1>
<p>${words.minutes(service.minutes)}</p>
<h2>${words.documents}</h2>
<ul>${items(documents)}</ul>
<h2>${words.fees}</h2>
<p>${say(fee)}</p>
${rows === '' ? '' : `<table>${rows}</table>`}
<h2>${words.steps}</h2>
<ol>${items(steps)}</ol>
</main>
<footer>${words.hours} ${hours.opens}–${hours.closes}<br>${words.hotline} <a href="tel:${escaped(hotline.replace(/[^\d+]/g, ''))}">${escaped(hotline)}</a></footer>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
