declare module '*.module.css' {
  /** The page's own names for the classes of the file. */
  const classes: Readonly<Record<string, string>>;
  // biome-ignore lint/style/noDefaultExport: esbuild gives a CSS module's names as its default export.
  export default classes;
}

declare module '*.css';

/** All style sheets of web/, in one; made by build.js. */
declare module 'styles:all';
