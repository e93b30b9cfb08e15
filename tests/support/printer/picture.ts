import { LETTER, type Paper, type PrintedText } from './paper.ts';

/** A paper as a picture, in HTML: for a person to look at. */

const EDGE = 24;

/** @param dots across the paper */
export function pictureOf(paper: Paper, dots = 576): string {
  const height = paper.height + 3 * EDGE;
  const marks = paper.marks.map((mark) => (mark.kind === 'text' ? textOf(mark) : imageOf(mark))).join('');
  return `<!doctype html><meta charset="utf-8"><style>body{margin:0;background:#dfe3e8}svg{display:block;margin:32px;
filter:drop-shadow(0 3px 10px rgb(0 0 0/.28))}</style>
<svg xmlns="http://www.w3.org/2000/svg" width="${dots + 2 * EDGE}" height="${height}"
viewBox="${-EDGE} ${-EDGE} ${dots + 2 * EDGE} ${height}">
<path fill="#fdfdfb" d="M${-EDGE} ${-EDGE}h${dots + 2 * EDGE}v${height}h${-dots - 2 * EDGE}z"/>
<g fill="#1b1b1d" font-family="'Noto Sans Mono CJK SC'">${marks}</g></svg>`;
}

/** Sign by sign in the grid of the printer's own fonts, stretched as it stretches them. */
function textOf({ x, y, text, across, down, bold }: PrintedText): string {
  let at = 0;
  const signs = [...text].map((sign) => {
    const width = (sign > '\x7e' ? 2 : 1) * LETTER.width;
    const place = at + width / 2;
    at += width;
    return `<tspan x="${place}">${sign.replace(/[&<>]/g, (one) => `&#${one.charCodeAt(0)};`)}</tspan>`;
  });
  // The signs of a Chinese font fill their square; a letter of 24 dots has 18 above its base line.
  return `<g transform="translate(${x},${y}) scale(${across},${down})"><text y="-4" font-size="24" text-anchor="middle"
font-weight="${bold ? 700 : 400}" xml:space="preserve">${signs.join('')}</text></g>`;
}

function imageOf({ x, y, width, dots }: Extract<Paper['marks'][number], { kind: 'image' }>): string {
  const path = dots.map((dot, index) => (dot ? `M${index % width} ${Math.floor(index / width)}h1v1h-1z` : '')).join('');
  return `<path transform="translate(${x},${y})" shape-rendering="crispEdges" d="${path}"/>`;
}
