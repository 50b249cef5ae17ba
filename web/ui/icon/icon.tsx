import styles from './icon.module.css';

/** Outlines on a grid of 16, drawn with the colour and the size of the text around them. */
const OUTLINES = {
  archive: 'M2.5 3.5h11v3h-11zM3.5 6.5v6h9v-6M6.5 9h3',
  bookmark: 'M4 2.500h8v11L8 10.500l-4 3z',
  chart: 'M2.5 2.5v11h11M4.5 10.500l3-3.500 2 2 4-5',
  check: 'M3 8.5l3.5 3.5L13 4.5',
  chevronDown: 'M4 6l4 4 4-4',
  chevronLeft: 'M10 4L6 8l4 4',
  chevronRight: 'M6 4l4 4-4 4',
  close: 'M4 4l8 8M12 4l-8 8',
  code: 'M5.5 4.5L2 8l3.5 3.5M10.5 4.5L14 8l-3.5 3.5',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  compare: 'M5 3v10M11 3v10M2.5 5.5L5 3l2.5 2.5M8.5 10.5L11 13l2.5-2.5',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  link: 'M6.500 9.500l3-3M7 5l2-2a2.800 2.800 0 0 1 4 4l-2 2M9 11l-2 2a2.800 2.800 0 0 1-4-4l2-2',
  down: 'M8 3v10M4 9l4 4 4-4',
  download: 'M8 2.5v7.5M4.5 7L8 10.5 11.5 7M2.5 13.5h11',
  edit: 'M3 13l.7-3L11 2.7 13.3 5 6 12.3zM9.5 4.2l2.3 2.3',
  file: 'M4 2.500h5l3 3v8H4zM9 2.500v3h3',
  filter: 'M2.5 3.5h11L9.5 8.5v4l-3 1v-5z',
  folder: 'M2 4h4.500l1.500 1.500H14V13H2z',
  help: 'M5.8 6.2a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.6M8 12.2v.3',
  keyboard: 'M1.5 4h13v8h-13zM4 6.7h.5M7 6.7h.5M10 6.7h.5M4.5 9.5h7',
  menu: 'M8 3.4v.2M8 7.9v.2M8 12.4v.2',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5z',
  pin: 'M6 2.5h4l-.5 4 2.5 2.5H4L6.5 6.500zM8 9v4.500',
  plus: 'M8 3v10M3 8h10',
  refresh: 'M13 8a5 5 0 1 1-1.5-3.500M13 2.500v3h-3',
  restore: 'M3 8a5 5 0 1 0 1.500-3.500M3 2.500v3h3',
  search: 'M7 2.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9zM10.300 10.300l3.200 3.200',
  signOut: 'M6.500 2.500h-4v11h4M6 8h8M11 5l3 3-3 3',
  sun: 'M8 5.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5zM8 1.500v1.500M8 13v1.500M1.500 8H3M13 8h1.500M3.400 3.400l1 1M11.600 11.600l1 1M3.400 12.600l1-1M11.600 4.400l1-1',
  system: 'M2 3h12v8H2zM6 13.500h4M8 11v2.500',
  tag: 'M2.500 7.500v-5h5l6 6-5 5zM5.200 5.200h.100',
  trash: 'M3 4.500h10M6 4.500v-2h4v2M4.500 4.500l.5 9h6l.5-9',
  tree: 'M4 2.500v9h4M4 6h4M9 4.500h4v3H9zM9 10h4v3H9z',
  upload: 'M8 10.500V3M4.500 6L8 2.500 11.500 6M2.500 13.500h11',
  up: 'M8 13V3M4 7l4-4 4 4',
  user: 'M8 2.500a2.700 2.700 0 1 1 0 5.400 2.700 2.700 0 0 1 0-5.400zM3 13.500a5 5 0 0 1 10 0',
  warning: 'M8 2.500l6 11H2zM8 6.500v3.500M8 11.800v.200',
} as const;

export type IconName = keyof typeof OUTLINES;

/** A picture beside words; alone it needs a name on what it stands in. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className={styles.icon} viewBox="0 0 16 16" aria-hidden="true">
      <path d={OUTLINES[name]} />
    </svg>
  );
}
