import type { BranchProfile, TicketView } from '../domain/views/views.ts';

/** What the phone needs of the branch: little, for a page that may come over a slow line. */
export type PhoneProfile = Pick<
  BranchProfile,
  'name' | 'timeZone' | 'hotline' | 'segments' | 'services' | 'zones' | 'holdReasons'
>;

/** How a ticket stood when the page was made. The server writes it into the page; what comes over the line takes its place. */
export interface Still {
  readonly view: TicketView;
  readonly profile: PhoneProfile;
  /** Time of the view, ms since 1970. */
  readonly at: number;
}

/** Only what this ticket speaks of. */
export function profileFor(view: TicketView, profile: BranchProfile): PhoneProfile {
  const { name, timeZone, hotline, segments, services, zones, holdReasons } = profile;
  return {
    ...{ name, timeZone, hotline },
    segments: segments.filter(({ id }) => id === view.segment),
    services: services.filter(({ id }) => view.services.includes(id)),
    zones: zones.filter(({ id }) => id === view.zone || id === view.counter?.zone),
    holdReasons: holdReasons.filter(({ id }) => id === view.holdReason),
  };
}

const PLACE = 'still';

/** For the page, in a form that no text in it can break out of. */
export function stillTag(still: Still): string {
  const text = JSON.stringify(still).replaceAll('<', String.raw`\u003c`);
  return `<script type="application/json" id="${PLACE}">${text}</script>`;
}

/** What the server wrote into this page, if it did. */
export function stillOfPage(): Still | undefined {
  const text = document.getElementById(PLACE)?.textContent;
  return text ? (JSON.parse(text) as Still) : undefined;
}
