/** Line drawings on a 20 × 20 grid, in the colour of the text around them; always beside or inside a label. */
const paths = {
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  close: 'M5 5l10 10M15 5L5 15',
  people: 'M7.5 9.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5zM2.5 16c0-2.8 2.2-4.5 5-4.5s5 1.7 5 4.5M13 4.3a2.6 2.6 0 0 1 0 5M14.7 11.8c1.7.6 2.8 2 2.8 4.2',
  send: 'M3.5 10h12M10.5 4.5L16 10l-5.5 5.5',
  down: 'M10 4v11.5M5 10.8l5 5 5-5',
  check: 'M4.5 10.5l3.7 3.7 7.3-8',
  clock: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6.3V10l2.5 1.8',
  alert: 'M10 6.5v4.2M10 13.6v.1M10 17.2a7.2 7.2 0 1 0 0-14.4 7.2 7.2 0 0 0 0 14.4z',
  leave: 'M8 3.5H4.5v13H8M12 6.5l3.5 3.5-3.5 3.5M15 10H8',
  plus: 'M10 4v12M4 10h12',
  sun: 'M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1',
  moon: 'M16.5 11.8A6.8 6.8 0 0 1 8.2 3.5a6.8 6.8 0 1 0 8.3 8.3z',
  system: 'M3 4.5h14v9H3zM7.5 16.5h5M10 13.5v3',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13.2 13.2L17 17',
  bell: 'M10 2.8c-3.1 0-4.8 2.2-5 5.2-.2 2.6-.6 3.9-1.6 5.1-.4.5-.1 1.2.6 1.2h12c.7 0 1-.7.6-1.2-1-1.2-1.4-2.5-1.6-5.1-.2-3-1.9-5.2-5-5.2zM8.3 16.6c.3.7.9 1.1 1.7 1.1s1.4-.4 1.7-1.1',
  link: 'M8.5 11.5l3-3M7 9.5L5.3 11.2a2.5 2.5 0 0 0 3.5 3.5L10.5 13M13 10.5l1.7-1.7a2.5 2.5 0 0 0-3.5-3.5L9.5 7',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

/** The bell. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
      <path d="M16 4.5c-5 0-7.9 3.7-8.2 8.7-.3 4-1 6.4-2.6 8.3-.7.9-.1 2.2 1.1 2.2h19.4c1.2 0 1.8-1.3 1.1-2.2-1.6-1.9-2.3-4.3-2.6-8.3-.3-5-3.2-8.7-8.2-8.7z" />
      <circle cx="16" cy="27" r="2.4" />
    </svg>
  );
}
