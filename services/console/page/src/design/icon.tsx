import type { ReactNode } from 'react';

/** Strokes on a grid of 16, drawn for this page. */
const PATHS = {
  queues: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h7',
  tickets: 'M2.5 5.5v-1a1 1 0 0 1 1-1h9a1 1 0 0 1 1 1v1.2a2.3 2.3 0 0 0 0 4.6v1.2a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-1.2a2.3 2.3 0 0 0 0-4.6z',
  wall: 'M2.5 3.5h11v7h-11zM6 13h4M8 10.5V13',
  overview: 'M2.5 13.5h11M4.5 11V8M8 11V4M11.5 11V6.5',
  undelivered: 'M2.5 4h11v8h-11zM2.5 4.5 8 9l5.5-4.5',
  sources: 'M5.5 2.5v4M10.5 2.5v4M4 6.5h8v2a4 4 0 0 1-8 0zM8 12.5v1.5',
  directory: 'M3 2.5h8.5a1.5 1.5 0 0 1 1.5 1.5v9.5H4.5A1.5 1.5 0 0 1 3 12zM3 12a1.5 1.5 0 0 1 1.5-1.5H13M6 5.5h4',
  matrix: 'M2.5 2.5h11v11h-11zM2.5 6.2h11M2.5 9.8h11M6.2 2.5v11M9.8 2.5v11',
  outages: 'M8 2.5 14 13H2zM8 6.5v3M8 11.2v.3',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3l3.2 3.2',
  sliders: 'M2.5 5h6M12 5h1.5M2.5 11H4M7.5 11h6M10.2 3.3a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4zM5.8 9.3a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4z',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  arrow: 'M6 3.5 10.5 8 6 12.5',
  back: 'M10 3.5 5.5 8l4.5 4.5',
  down: 'M3.5 6 8 10.5 12.5 6',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3 8.5l3.2 3L13 4.5',
  outward: 'M9 3h4v4M13 3 7.5 8.5M11.5 9.5v3h-8v-8h3',
  star: 'M8 2.3l1.8 3.6 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4L2.2 6.5l4-.6z',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.8V8l2.2 1.5',
  received: 'M8 2.5v7M5 7l3 3 3-3M3 13.5h10',
  decided: 'M3 3.5v3a3 3 0 0 0 3 3h7M10.5 7 13 9.5 10.5 12',
  notified: 'M13.5 2.5 7 9M13.5 2.5l-4 11L7 9 2.5 6.5z',
  acknowledged: 'M3 8.5l3.2 3L13 4.5',
  escalated: 'M8 13V3.5M4 7l4-4 4 4',
  replied: 'M6.5 4 2.5 8l4 4M2.5 8h7a4 4 0 0 1 4 4v.5',
  attached: 'M12.5 7 7.6 11.9a2.6 2.6 0 0 1-3.7-3.7L9 3.1a1.7 1.7 0 0 1 2.4 2.4L6.6 10.4',
  detached: 'M12.5 7 7.6 11.9a2.6 2.6 0 0 1-3.7-3.7L9 3.1a1.7 1.7 0 0 1 2.4 2.4M2.5 2.5l11 11',
  reassigned: 'M3 5h9M9.5 2.5 12 5 9.5 7.5M13 11H4M6.5 8.5 4 11l2.5 2.5',
  resolved: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM5.3 8.2l1.9 1.8 3.5-3.7',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }): ReactNode {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
